"""Whether the provider itself sent a request: told by its signature alone, never by address, host or a setting."""

from __future__ import annotations

from collections.abc import Mapping

from twilio.request_validator import RequestValidator


def is_genuine(url: str, form: Mapping[str, str], signature: str, *, token: str | None) -> bool:
    """Whether a form was signed with the account's token for this very address.

    url: the public address as the provider knows it, query included; not what a Host header says. form: all fields, a
    MultiDict as it came. Without a token nothing is genuine."""
    if not token or not signature:
        return False
    genuine: bool = RequestValidator(token).validate(url, form, signature)
    return genuine

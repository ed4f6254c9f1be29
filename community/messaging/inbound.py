"""A text as the provider hands it over, read into a plain value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 5_000
"""More than any channel carries (a text 1,600, WhatsApp 4,096)."""
MOST_MEDIA: Final = 10

_WHATSAPP: Final = "whatsapp:"
_NUMBER: Final = re.compile(r"\+[1-9]\d{6,14}\Z")
_SETTLED_AFTER: Final = {"delivered": 0, "undelivered": 0, "failed": 0, "read": 0, "canceled": 0, "sent": 600}
"""Some networks never say more than "sent": after ten minutes, twice the life of a text of ours, that is the end."""
_SID: Final = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}\Z")


class NotAText(ValueError):
    """Nobody wrote this, or nobody could be answered: a name or short number as sender, or no id."""


@dataclass(frozen=True, repr=False)
class Inbound:
    """One text. channel: "sms" or "whatsapp". sender: the number as +44...; it and the text are held while they are
    answered and never written anywhere, so they do not show when this is printed. came_from and went_to: both addresses
    as the provider writes them. media: how many pictures and the like came along."""

    channel: str
    sender: str
    sid: str
    text: str
    media: int
    came_from: str
    went_to: str

    def __repr__(self) -> str:
        return f"<Inbound {self.channel} {self.sid}>"


def read(form: Mapping[str, str]) -> Inbound:
    """The text in a webhook's form. Raises NotAText."""
    came_from, sid = form.get("From", ""), form.get("MessageSid", "")
    sender = came_from.removeprefix(_WHATSAPP)
    if not _NUMBER.match(sender) or not _SID.match(sid):
        raise NotAText
    if came_from == form.get("To"):
        raise NotAText  # our own words coming back to us would go round for ever
    return Inbound(
        channel="whatsapp" if came_from.startswith(_WHATSAPP) else "sms",
        sender=sender,
        sid=sid,
        text=form.get("Body", "")[:MOST_CHARACTERS],
        media=_media(form.get("NumMedia", "")),
        came_from=came_from,
        went_to=form.get("To", ""),
    )


def receipt(form: Mapping[str, str]) -> tuple[str, int] | None:
    """(id of a message of ours, seconds until nothing more will happen to it), told by a delivery receipt; None where
    it is still under way or has no id."""
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    settled = _SETTLED_AFTER.get(form.get("MessageStatus") or form.get("SmsStatus") or "")
    return (sid, settled) if settled is not None and _SID.match(sid) else None


def _media(text: str) -> int:
    return min(int(text), MOST_MEDIA) if text.isascii() and text.isdecimal() and len(text) < 4 else 0

"""How this room writes letters: with the transaction at hand, so that a change that is rolled back tells nobody."""

from __future__ import annotations

from community.messaging import email
from community.shared.runtime import runtime


def post(to: str, subject: str, words: str) -> None:
    """Write a letter that leaves as soon as the session's transaction is committed."""
    email.post(to, subject, words)


def can_send() -> bool:
    """Whether letters reach anybody here."""
    return email.can_send(runtime().settings)

"""What the chat page carries from message to message: the whole talk, sealed, in a hidden field. Nothing stays here.

Sealed under a key made from the London day's key: nobody can read or change it on the way, and with that key it is gone
for good, at most 48 hours later. We ourselves open it for thirty minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from community.bot.talk import LIFE
from community.shared.daily_keys import DailyKeys
from community.shared.sealed import BadSeal, seal_for_page, unseal_from_page

MOST_SAID: Final = 60
"""Messages shown and carried, both sides together. The oldest leave the page first."""
MOST_CARRIED_CHARACTERS: Final = 16_000
SHOWN_CHARACTERS: Final = 1_600
"""Of one message: what a text may hold. More is read when it comes, but not carried along."""

CLOCK_STEP_SECONDS: Final = 5
"""A clock that is set right may go back a little between two messages."""

_ABOUT: Final = "chat"
_MOST: Final = {"most_length": 100_000, "most_unpacked": 200_000}
"""Of the field, far above what we make."""


class StartAgain(Exception):
    """The field is too old, was changed, or was never ours."""


@dataclass(frozen=True)
class Said:
    """One message as the page shows it."""

    by_person: bool
    text: str


@dataclass(frozen=True)
class Chat:
    """talk: what the bot needs to go on, None for nothing. said: oldest first. is_cut: whether older ones have left."""

    talk: Mapping[str, Any] | None = None
    said: tuple[Said, ...] = ()
    is_cut: bool = False

    def and_then(self, typed: str, talk: Mapping[str, Any] | None, reply: str) -> Chat:
        """The chat after one more message and its reply, which may be silence."""
        shown = typed if len(typed) <= SHOWN_CHARACTERS else f"{typed[:SHOWN_CHARACTERS]}…"
        new = [Said(True, shown)] * bool(shown) + [Said(False, reply)] * bool(reply)
        kept: list[Said] = []
        room = MOST_CARRIED_CHARACTERS
        for one in reversed([*self.said, *new]):
            room -= len(one.text)
            if len(kept) == MOST_SAID or (room < 0 and len(kept) >= len(new)):
                return Chat(talk, tuple(reversed(kept)), is_cut=True)
            kept.append(one)
        return Chat(talk, tuple(reversed(kept)), self.is_cut)


def seal(chat: Chat, keys: DailyKeys, *, now: datetime) -> str:
    """The chat as text for a hidden field: the London day, a dot, and what only that day's key opens. now: aware, in
    London. Raises KeyGone and OSError where there is no key to be had."""
    said = [[one.by_person, one.text] for one in chat.said]
    return seal_for_page([int(now.timestamp()), chat.talk, said, chat.is_cut], keys, _ABOUT, today=now.date())


def unseal(field: str, keys: DailyKeys, *, now: datetime) -> Chat:
    """The chat in a hidden field; an empty field is a new chat. Raises StartAgain; OSError where no key can be read."""
    if not field:
        return Chat()
    try:
        at, talk, said, is_cut = unseal_from_page(field, keys, _ABOUT, today=now.date(), **_MOST)
    except BadSeal as error:
        raise StartAgain from error
    if not -CLOCK_STEP_SECONDS <= now.timestamp() - at <= LIFE.total_seconds():
        raise StartAgain
    return Chat(talk, tuple(Said(by_person, text) for by_person, text in said), is_cut)

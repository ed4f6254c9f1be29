"""What is remembered of a survey under way by text, as plain values in the talk: for thirty minutes, and no longer.

The ticket is the one that a survey page carries, sealed with the day's key: where, when begun, and the nonce from which
the response's id and the withdrawal code follow. No answer stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ASKED, WHERE, WAITING = "asked", "where", "waiting"


@dataclass(frozen=True)
class Underway:
    """phase: ASKED, a question was shown; WAITING, the help that an answer called for was, and the question comes next;
    WHERE, no survey yet, only which place it is about. ticket: sealed; "" while WHERE. wave: its id; 0 while WHERE.
    question: its key, or the survey's slug while WHERE. shown: option keys, or slugs of places, in the order shown.
    language: a tag. between: option keys, while it is asked which of them an answer in words meant."""

    phase: str
    ticket: str
    wave: int
    question: str
    shown: tuple[str, ...] = ()
    language: str = "en"
    between: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "shown": list(self.shown), "between": list(self.between)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Underway | None:
        """None for values that another version of this service kept."""
        try:
            found = cls(**{**plain, "shown": tuple(plain["shown"]), "between": tuple(plain.get("between", ()))})
        except (KeyError, TypeError):
            return None
        words = (found.phase, found.ticket, found.question, found.language, *found.shown, *found.between)
        return found if type(found.wave) is int and all(isinstance(word, str) for word in words) else None

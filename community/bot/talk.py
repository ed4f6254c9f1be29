"""The values of a conversation: what is remembered of it for thirty minutes, and what one message does to it.

A talk holds needs and ages, never words, numbers or names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from community.bot.meaning import FACETS, NEEDS, Meaning
from community.bot.wording import Reply

LIFE: Final = timedelta(minutes=30)
"""How long a talk is known after its last message (trust B6)."""

_CLOCKS_DIFFER_S: Final = 5


@dataclass(frozen=True)
class Heard:
    """One message as it came. text: as sent, gone when the reply is made. media: pictures or sounds with it."""

    text: str
    meaning: Meaning
    media: int = 0


@dataclass(frozen=True)
class Talk:
    """at: seconds since 1970 of the last message. asked: the last reply asked "Safe to text?". helped: somebody asked
    for help, so nothing is asked of them. needs, facets, age: as in Meaning, of the person to be helped. named: ids of
    the services named so far. where: the last reply was about Safe Havens, so that a place alone may follow. closed: it
    may not be safe to text, so no more is sent than a number and 999. survey: the state of a survey, owned by the
    survey step; None when none is under way."""

    at: int
    asked: bool = False
    helped: bool = False
    needs: tuple[str, ...] = ()
    facets: frozenset[str] = frozenset()
    age: int | None = None
    named: tuple[str, ...] = ()
    where: bool = False
    closed: bool = False
    survey: Mapping[str, Any] | None = None

    def is_over(self, now: datetime) -> bool:
        """Older than LIFE, or from a clock that was wrong. Counted in seconds that pass: London's clock jumps twice a
        year."""
        return not -_CLOCKS_DIFFER_S <= now.timestamp() - self.at <= LIFE.total_seconds()

    def to_json(self) -> dict[str, Any]:
        """Plain values only, defaults left out."""
        plain = {**asdict(self), "facets": sorted(self.facets), "needs": list(self.needs), "named": list(self.named)}
        return {key: value for key, value in plain.items() if value is not None and value is not False and value != []}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Talk | None:
        """The talk that these values are; None for any that are not one."""
        try:
            if plain.keys() - {field.name for field in fields(cls)} or type(plain["at"]) is not int:
                return None
            talk = cls(**{**plain, "needs": tuple(plain.get("needs", ())), "named": tuple(plain.get("named", ())),
                          "facets": frozenset(plain.get("facets", ()))})  # fmt: skip
        except (TypeError, KeyError, AttributeError):
            return None
        known = talk.facets <= set(FACETS) and set(talk.needs) <= set(NEEDS) and isinstance(talk.survey, dict | None)
        return talk if known and (talk.age is None or type(talk.age) is int) else None

    def at_time(self, now: datetime) -> Talk:
        return replace(self, at=int(now.timestamp()))


@dataclass(frozen=True)
class Turn:
    """What one message leads to. talk: what is remembered, None for nothing. reply: None for silence, which only STOP
    and "2" after "Safe to text?" ask for, and never on a page. needs: to be counted, by day and channel only."""

    talk: Talk | None
    reply: Reply | None
    needs: tuple[str, ...] = ()


class SurveyStep(Protocol):
    """Answering a survey by text. Its state is plain values; an answer is stored by the step itself."""

    def opens(self, text: str, now: datetime) -> bool:
        """Whether the message is a poster's code, or carries one, that opens a survey today."""

    def takes(self, state: Mapping[str, Any], text: str, *, waiting: bool) -> bool:
        """Whether the message reads like an answer to the question at hand, or like a survey command (skip, back).
        waiting: somebody has asked for help, and then only a word that asks for the survey, such as "survey", is."""

    def step(self, state: Mapping[str, Any] | None, text: str, now: datetime) -> tuple[Mapping[str, Any] | None, Reply]:
        """The next state, None when it is over, and the question or thanks to say. state None: begin with the code."""

    def too_young(self, state: Mapping[str, Any], now: datetime) -> tuple[Mapping[str, Any] | None, Reply]:
        """Delete all that was answered: the writer is under 13. The state, None once nothing is left; what to say."""


class HavenFinder(Protocol):
    """Finding a Safe Haven by text."""

    def __call__(self, text: str, now: datetime, *, bare: bool = False) -> Reply | None:
        """The nearest open ones to the place named, or None while it cannot tell. bare: only where the whole message
        is a place; None for anything else."""

"""What an applicant has filled in so far, carried from screen to screen in a sealed hidden field."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from community.shared.daily_keys import DailyKeys
from community.shared.sealed import BadSeal, seal_for_page, unseal_from_page

ABOUT: Final = "register"

Fields = Mapping[str, Sequence[str]]


@dataclass
class Filling:
    """nonce: makes one application of however many sends. screen: the one this form shows. answers: screen -> field ->
    values. done: screens that were right when they were left. checking: whether all was seen once and is being looked
    over. draft: the token of the draft this was saved as; "" for none."""

    nonce: str
    screen: str
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    checking: bool = False
    draft: str = ""

    @classmethod
    def fresh(cls, screen: str) -> Filling:
        return cls(secrets.token_urlsafe(16), screen)

    def of(self, screen: str) -> Fields:
        """What was filled in on a screen."""
        return self.answers.get(screen, {})

    def keep(self, screen: str, values: Fields, *, right: bool) -> None:
        self.answers[screen] = {name: list(kept) for name, kept in values.items()}
        self.done = [one for one in self.done if one != screen] + ([screen] if right else [])

    def forget(self, screen: str) -> None:
        """What was filled in there no longer fits."""
        self.answers.pop(screen, None)
        self.done = [one for one in self.done if one != screen]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Any) -> Filling:
        """Raises BadSeal for what another version of this service made."""
        try:
            return cls(**value)
        except TypeError as error:
            raise BadSeal("of another version of this service") from error


def seal(filling: Filling, keys: DailyKeys, *, today: date) -> str:
    return seal_for_page(filling.as_json(), keys, ABOUT, today=today)


def unseal(field: str, keys: DailyKeys, *, today: date) -> Filling:
    """Raises BadSeal."""
    return Filling.from_json(unseal_from_page(field, keys, ABOUT, today=today))

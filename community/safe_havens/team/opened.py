"""What the team's pages carry once a code was right: which venue, and which form this is. Sealed, for a day."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from community.extensions import db
from community.safe_havens.models import SafeHaven
from community.safe_havens.service.team_codes import ACTIVE
from community.shared.runtime import runtime
from community.shared.sealed import BadSeal, seal_for_page, unseal_from_page

ABOUT: Final = "team"


class NoLongerOpen(Exception):
    """The page is too old, was changed, or its code is another one by now."""


@dataclass(frozen=True)
class Opened:
    """nonce: of one finish or one use. version: of the code that opened it. at: the course's screen, the first is 0.
    answered: keys of the screens whose question was answered: a course that is only leafed through counts nobody."""

    haven_id: int
    version: int
    nonce: str
    at: int = 0
    answered: tuple[str, ...] = ()

    @classmethod
    def by(cls, haven: SafeHaven) -> Opened:
        return cls(haven.id, haven.team_version, secrets.token_urlsafe(16))

    def anew(self) -> Opened:
        """The same venue, another form."""
        return replace(self, nonce=secrets.token_urlsafe(16), at=0, answered=())

    def on(self, at: int) -> Opened:
        return replace(self, at=at)

    def with_answer(self, screen: str) -> Opened:
        return replace(self, answered=tuple(dict.fromkeys((*self.answered, screen))))


def seal(opened: Opened, *, today: date) -> str:
    return seal_for_page(asdict(opened), runtime().keys, ABOUT, today=today)


def unseal(field: str, *, today: date) -> tuple[Opened, SafeHaven]:
    """What a page carried, and its venue as it is now. Raises NoLongerOpen."""
    try:
        opened = Opened(**unseal_from_page(field, runtime().keys, ABOUT, today=today))
        opened = replace(opened, answered=tuple(opened.answered))
    except (BadSeal, TypeError) as error:
        raise NoLongerOpen from error
    haven = db.session.get(SafeHaven, opened.haven_id)
    if haven is None or haven.team_version != opened.version or haven.status not in ACTIVE:
        raise NoLongerOpen
    return opened, haven

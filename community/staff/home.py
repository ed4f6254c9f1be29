"""The first page after signing in: what needs a person today, from cards that other rooms give.

def fakes(user: Account, now: datetime) -> Card | None: ...     # None: nothing to say
register(app, cards=[fakes], links=[Link("Posters", "/staff/posters", "see_posters")])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from community.staff.models import Account


@dataclass(frozen=True)
class Card:
    """Something on the home page. lines: what there is to know, most urgent first; href: where to see to it,
    "" where that is on no page."""

    title: str
    lines: Sequence[str]
    href: str
    permission: str


@dataclass(frozen=True)
class Link:
    """A place in the navigation, for those who may open it."""

    words: str
    href: str
    permission: str


CardMaker = Callable[[Account, datetime], Card | None]


@dataclass(frozen=True)
class Board:
    """What the rooms have registered."""

    cards: tuple[CardMaker, ...] = ()
    links: tuple[Link, ...] = ()


def register(app: Flask, *, cards: Sequence[CardMaker] = (), links: Sequence[Link] = ()) -> None:
    """Add cards and places in the navigation, in the order in which they are to stand."""
    now = app.extensions.get("staff_board", Board())
    app.extensions["staff_board"] = Board((*now.cards, *cards), (*now.links, *links))


def cards_for(user: Account, now: datetime) -> list[Card]:
    """The cards that say something to this person, in the order in which rooms registered them."""
    made = (make(user, now) for make in _board().cards)
    return [card for card in made if card is not None and user.may(card.permission)]


def links_for(user: Account) -> list[Link]:
    """Where this person may go."""
    return [link for link in _board().links if user.may(link.permission)]


def _board() -> Board:
    board: Board = current_app.extensions.get("staff_board", Board())
    return board

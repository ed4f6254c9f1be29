"""Pages are made once and sent many times: what is remembered is the page anybody would get, and nobody's answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

import pytest
from flask import Flask

from community.extensions import db
from community.places.models import Poster
from tests.factories.places import PosterFactory
from tests.http.surveys.walking import Clock, Respondent
from tests.rig.client import Client
from tests.rig.databases import Databases, dispose
from tests.service.surveys.world import OPENS, World, make_world

Steps = tuple[tuple[str, dict[str, str | list[str]]], ...]

WALKS: dict[str, Steps] = {
    "a child of 14": (("Very safe", {}), ("13 to 15", {}), ("Yes", {}), ("Skip", {}), ("Skip", {}), ("Yes, me", {})),
    "harassed": (
        ("Very unsafe", {}), ("16 or 17", {}), ("No", {}), ("Skip", {}), ("Continue", {"why": ["harassment"]}),
        ("Română", {}), ("English", {}),
    ),
    "grown up": (
        ("Very unsafe", {}), ("25 to 34", {}), ("No", {}), ("Skip", {}), ("Continue", {"why": ["dark"]}),
        ("Continue", {"help": ["cctv"], "help_comment": "my husband hits me"}), ("Yes, me", {}),
    ),
    "mistaken": (
        ("Very safe", {}), ("18 to 21", {}), ("Yes", {}), ("Skip", {}),
        ("Continue", {"help": ["cctv", "nothing"], "help_comment": "the blue door"}), ("Skip", {}),
    ),
    "silent": (("I'd rather not say", {}), ("Skip", {}), ("Skip", {}), ("Skip", {}), ("Skip", {}), ("Skip", {})),
}  # fmt: skip
ORDERS = [*permutations(WALKS)][::17]


class Apps(NamedTuple):
    """The service as it runs, which remembers; the same with no memory; the world both stand in, and a poster more."""

    remembering: Flask
    forgetful: Flask
    world: World
    other: Poster


@pytest.fixture
def apps(engine_name: str, databases: Databases, clock: Clock) -> Iterator[Apps]:
    address = databases.migrated(engine_name)
    remembering, forgetful = databases.app(address, CACHE_SECONDS="60"), databases.app(address, CACHE_SECONDS="0")
    with remembering.app_context():
        world = make_world()
        other = PosterFactory(place=world.place, status="up", up_on=OPENS)
        db.session.commit()
        for row in (world.place, world.poster, other):
            db.session.refresh(row)
        db.session.expunge_all()
    yield Apps(remembering, forgetful, world, other)
    dispose(remembering)
    dispose(forgetful)
    databases.drop(address)


def bare(html: str) -> list[str]:
    """A page without what is one form's own: its ticket, its code, the order of its shuffled options and their ids."""
    html = re.sub(r'value="2026-[^"]*"', "", html)
    html = re.sub(r'(id|for)="(why|help)(-\d+)?"', "", html)
    html = re.sub(r"\d{4}( \d{4}){4}", "", html)
    return sorted(line.strip() for line in html.splitlines())


def seen(app: Flask, world: World, clock: Clock, steps: Steps, lang: str) -> list[list[str]]:
    someone = Respondent(Client(app), world, clock)
    pages = [bare(someone.scan(f"{someone.address}?lang={lang}").last.html)]
    if lang == "en":
        for words, values in steps:
            pages.append(bare(someone.press(words, values).last.html))
    return pages


@pytest.mark.parametrize("order", ORDERS[:3], ids=str)
def test_whoever_came_before_everybody_sees_their_own_page(apps: Apps, clock: Clock, order: tuple[str, ...]) -> None:
    remembering, forgetful, world, _ = apps
    for name in (*order, *order[:2]):
        for lang in ("en", "ur"):
            remembered = seen(remembering, world, clock, WALKS[name], lang)
            assert remembered == seen(forgetful, world, clock, WALKS[name], lang)


def test_no_remembered_page_holds_what_somebody_sent(apps: Apps, clock: Clock) -> None:
    remembering, _, world, _ = apps
    for steps in WALKS.values():
        seen(remembering, world, clock, steps, "en")
    kept = vars(remembering.extensions["community"].pages)["_kept"]
    assert len(kept) > 8
    for _, page in kept.values():
        html = (page.before + page.after).decode()
        for told in (" checked", "husband", "blue door", "2026-"):
            assert told not in html


def test_two_posters_at_one_place_have_pages_of_their_own(apps: Apps, clock: Clock) -> None:
    remembering, _, world, other = apps
    for poster in (world.poster, other):
        world.poster = poster
        someone = Respondent(Client(remembering), world, clock)
        someone.tap(age="18 to 21")
        assert (someone.page.all("form")[0].get("action") or "").partition("?")[0] == f"/q/{poster.code}"
        assert someone.press("No").status == 200

"""List, text, poster's page, survey's end and open data name the same venue for the same minute: on any day, on the
nights the clocks change, on bank holidays; on both engines."""

from __future__ import annotations

import random
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from community.bot.finding import find_haven
from community.extensions import db
from community.places.service.places import get_by_slug, load_facts
from community.safe_havens.models import HavenException, SafeHaven
from community.safe_havens.service.answer import open_near
from community.shared.clock import LONDON, london_now
from tests.factories.safe_havens import AppliedFactory, ListedFactory
from tests.rig.client import Client
from tests.service.surveys.world import make_world

HOURS = (
    "Mo-Su 09:00-17:00", "Mo-Fr 08:00-12:00,13:00-18:00; PH off", "Fr,Sa 18:00-02:30; Su 12:00-24:00",
    "Mo-Su 16:00-01:30; PH 10:00-16:00", "Su 01:00-03:00", "Mo-Th 22:00-06:00; Fr-Su 20:00-08:00",
)  # fmt: skip
RNG = random.Random(5)
DAYS = [
    date(2026, 10, 24), date(2026, 10, 25), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28),
    date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29),
]  # fmt: skip
NIGHTS = [datetime(day.year, day.month, day.day, hour, 30) for day in DAYS for hour in (0, 1, 2)]
OTHERS = [datetime(2026, 7, 2) + timedelta(minutes=RNG.randrange(60 * 24 * 330)) for _ in range(40)]
MOMENTS = [(moment, fold) for moment in (*NIGHTS, *OTHERS) for fold in ((0, 1) if moment.date() == DAYS[1] else (0,))]
PLACE = "barking-station"


def make_borough(seed: int) -> None:
    """A handful of venues within and beyond 800 m of the station, with days of their own; noise that is not listed."""
    here, rng = get_by_slug(PLACE), random.Random(seed)
    for n in range(3 + 2 * seed):
        haven: SafeHaven = ListedFactory(
            name=f"Made up {n}", opening=rng.choice(HOURS), checked_on=date(2026, 7, 1), trained_on=date(2026, 7, 1),
            lat=here.lat + rng.uniform(-0.012, 0.012), lon=here.lon + rng.uniform(-0.012, 0.012),
        )  # fmt: skip
        for day in rng.sample(DAYS, 3):
            opening = rng.choice(["off", "00:00-24:00", "23:00-02:00"])
            db.session.add(HavenException(haven_id=haven.id, on_day=day, opening=opening))
    AppliedFactory(opening="24/7", lat=here.lat, lon=here.lon)
    ListedFactory(opening="24/7", lat=here.lat, lon=here.lon, status="suspended", suspended_because="asked")
    db.session.flush()


@pytest.mark.parametrize("seed", [0, 2])
def test_list_text_poster_survey_s_end_and_open_data_name_the_same_venue(
    client: Client, db_session: object, seed: int
) -> None:
    world = make_world()
    load_facts()
    here = world.poster.place = get_by_slug(PLACE)
    make_borough(seed)
    db.session.commit()
    code, told = world.poster.code, {True: 0, False: 0}
    for moment, fold in MOMENTS:
        with time_machine.travel(moment.replace(tzinfo=LONDON, fold=fold), tick=False):
            at = london_now()  # in the hour that is left out in March, an hour on
            answer = open_near(here.lat, here.lon, at)
            nearest = next(iter(answer.near), None) or answer.farther or answer.following
            assert nearest is not None
            first = nearest.venue
            told[bool(answer.near)] += 1
            for where, page in pages(client, code).items():
                assert first_named(page) == first.slug, f"{where} at {at}"
                assert ("None is open within 800 m" in page) == (not answer.near), f"{where} at {at}"
            said = find_haven("haven barking station", at)
            assert said is not None and re.findall(r"Made up \d+", said.text)[0] == first.name
            assert ("No Safe Haven is open" in said.text) == (not answer.near)
            points = client.get("/api/v1/safe-havens?open=now").json["features"]
            assert {near.venue.slug for near in answer.near} <= {point["id"] for point in points}
            named = answer.farther.venue.slug if answer.farther else None
            assert answer.near or (first.slug in {point["id"] for point in points}) == (first.slug == named)
    assert min(told.values()) > 5, told


def pages(client: Client, code: str) -> dict[str, str]:
    """Where it is said -> the page, from where it is said on."""
    found = {
        "list": client.get(f"/safe-havens?near={PLACE}"),
        "poster": client.get(f"/poster/{code}"),
        "end": end_of_survey(client, code),
    }
    return {where: re.split(r"A safe place near here|<h2>Near ", answer.html)[1] for where, answer in found.items()}


def end_of_survey(client: Client, code: str) -> Any:
    """The last page, of somebody who is done in less than a minute."""
    page = client.press(client.get(f"/q/{code}"), "Very unsafe")
    return client.press(client.press(page, "25 to 34"), "Finish now")


def first_named(html: str) -> str | None:
    found = re.search(r'href="/safe-havens/([\w-]+)"', html)
    return found[1] if found else None


def test_a_made_up_venue_is_said_to_be_made_up_wherever_it_is_named(client: Client, db_session: object) -> None:
    world = make_world()
    load_facts()
    here = world.poster.place = get_by_slug(PLACE)
    ListedFactory(name="Real cafe", opening="24/7", lat=here.lat, lon=here.lon)
    db.session.commit()
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=LONDON), tick=False):
        assert not [where for where, page in pages(client, world.poster.code).items() if "do not go there" in page]
        ListedFactory(name="Cafe (demo)", opening="24/7", lat=here.lat, lon=here.lon + 0.0001, demo=True)
        db.session.commit()
        told = {where: client.get(address).html for where, address in (
            ("list", f"/safe-havens?near={PLACE}"), ("poster", f"/poster/{world.poster.code}")
        )}  # fmt: skip
        assert not [where for where, html in told.items() if "do not go there" not in html]
        assert "do not go there" not in end_of_survey(client, world.poster.code).html  # it names the nearest alone

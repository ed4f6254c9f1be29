"""Loading and clearing demonstration answers, a thousand or a million, with their tallies, in one transaction; and the
made-up Safe Havens that go with them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from sqlalchemy import delete, select

from community.extensions import db
from community.insights.service.rollup import roll_up
from community.operations.demo import bulk
from community.operations.demo.havens import load_havens
from community.operations.demo.people import Person, person
from community.places.models import Place, Poster, ScanCount
from community.places.service import places, posters
from community.places.service.facts import load_facts
from community.places.service.scans import add_scans
from community.shared.clock import days_before
from community.shared.errors import UserError
from community.surveys import queries
from community.surveys.fielding import Fielding
from community.surveys.flags import Flag
from community.surveys.models import Response
from community.surveys.service import waves
from community.surveys.shipped import publish_shipped
from community.surveys.tallies import Snapshot

START_RESPONSES = 2_000
SPOT = "demonstration"
PEOPLE_EACH = 800
DAYS = 365
SHARE_ROBBERY = 0.12
SHARE_TOO_FAST = 0.01
SPOTS = {
    "barking-station": 30,
    "dagenham-heathway-station": 18,
    "chadwell-heath-station": 9,
    "becontree-station": 8,
    "dagenham-east-station": 7,
    "upney-station": 4,
    "barking-riverside-station": 4,
    "parsloes-park": 6,
    "mayesbrook-park": 5,
    "vicarage-field-shopping-centre": 6,
    "becontree-heath-bus-station": 5,
    "martins-corner": 3,
}
"""Where the demonstration posters hang, and how busy each is."""
DAYPARTS = {"00-06": 1, "06-09": 12, "09-12": 8, "12-15": 12, "15-19": 42, "19-21": 16, "21-24": 9}


class DemoThere(UserError):
    """Demonstration answers are loaded already."""


@dataclass(frozen=True)
class Draw:
    """One response to be: indexes into posters, days and people."""

    poster: int
    day: int
    daypart: str
    person: int
    flags: int


def is_empty() -> bool:
    """Whether the database has neither answers nor places nor posters."""
    return not any(db.session.execute(select(model).limit(1)).first() for model in (Response, Place, Poster))


def load(responses: int, *, seed: int, on: date) -> dict[str, int]:
    """Store made-up responses of the last year, channel `demo`, at posters of their own. Flushed, not committed.
    Raises DemoThere."""
    if db.session.scalar(select(Response.channel).where(Response.channel == "demo").limit(1)):
        raise DemoThere("Demonstration answers are loaded already: take them away with `demo clear` first.")
    rng = random.Random(seed)
    load_facts()
    publish_shipped(on=on)
    safety, robbery = _fielding("safety", on), _fielding("robbery", on)
    hung = _posters(safety, on)
    second = round(responses * SHARE_ROBBERY)
    rows, taps = 0, Counter[tuple[int, date]]()
    for fielding, n in ((safety, responses - second), (robbery, second)):
        rows += _load_wave(fielding, n, hung, rng, on, taps=taps)
    _add_scans(taps)
    roll_up(on)  # as after the first night: a year of answers never stands in days alone
    return {"responses": responses, "tallies": rows, **load_havens(seed=seed, on=on)}


def clear(*, today: date) -> int:
    """Take every demonstration answer away, tallies too, and retire the demonstration posters; how many answers."""
    for poster in posters.list_posters():
        if poster.spot == SPOT:
            db.session.execute(delete(ScanCount).where(ScanCount.poster_id == poster.id))
            if poster.retired_on is None:
                posters.retire(poster, today)
    return bulk.delete_channel("demo", today=today)


def _load_wave(
    fielding: Fielding, n: int, hung: list[tuple[int, int, int]], rng: random.Random, on: date,
    *, taps: Counter[tuple[int, date]],
) -> int:  # fmt: skip
    """Store the responses of one wave and count them in `taps`, by (poster id, day); how many tally rows."""
    people = [person(fielding.questionnaire, rng, worried=i % 5 != 0) for i in range(PEOPLE_EACH)]
    first = max(fielding.opens_on, days_before(on, DAYS - 1))
    ids = iter(sorted(rng.randbytes(16) for _ in range(n)))
    draws = sorted(_draws(n, hung, people, (on - first).days + 1, rng), key=lambda d: (d.poster, d.day))
    taps.update((hung[draw.poster][0], first + timedelta(days=draw.day)) for draw in draws)
    snapshots = _Contributions(fielding, people)
    closed = queries.closed_before(lock=True)

    def tallies() -> Iterator[bulk.TallyRow]:
        for (poster, day), batch in groupby(draws, key=lambda d: (d.poster, d.day)):
            poster_id, place_id, _ = hung[poster]
            rows = snapshots.of_batch(list(batch), poster_id, place_id, first + timedelta(days=day))
            yield from rows
            if closed and first + timedelta(days=day) < closed:
                yield from ((*row[:3], "M", place_id, row[5].replace(day=1), *row[6:]) for row in rows)

    def stored() -> Iterator[tuple[bulk.ResponseRow, Person]]:
        for draw, id in zip(draws, ids, strict=True):
            poster_id, place_id, _ = hung[draw.poster]
            day = first + timedelta(days=draw.day)
            yield (
                (id, fielding.wave_id, poster_id, place_id, day, draw.daypart, "demo", "en", draw.flags),
                people[draw.person],
            )

    bulk.insert_responses((row, who.answers) for row, who in stored())
    return bulk.add_tallies(tallies())


def _add_scans(taps: Counter[tuple[int, date]]) -> None:
    """Half as many people again looked and went on, at the posters that are ours to make up."""
    made_up = {poster.id for poster in posters.list_posters() if poster.spot == SPOT}
    add_scans({key: n + (n + 1) // 2 for key, n in taps.items() if key[0] in made_up})


def _draws(
    n: int, hung: list[tuple[int, int, int]], people: list[Person], days: int, rng: random.Random
) -> Iterator[Draw]:
    spots = rng.choices(range(len(hung)), [weight for _, _, weight in hung], k=n)
    parts = rng.choices(list(DAYPARTS), list(DAYPARTS.values()), k=n)
    for spot, part in zip(spots, parts, strict=True):
        flags = int(Flag.TOO_FAST) if rng.random() < SHARE_TOO_FAST else 0
        yield Draw(spot, rng.randrange(days), part, rng.randrange(len(people)), flags)


def _posters(fielding: Fielding, on: date) -> list[tuple[int, int, int]]:
    """(poster id, place id, weight) of the demonstration posters; makes those that are not there."""
    hung = []
    for slug, weight in SPOTS.items():
        place = places.get_by_slug(slug)
        hanging = Poster.place_id == place.id, Poster.retired_on.is_(None)
        poster = db.session.scalar(select(Poster).where(*hanging).limit(1))
        if poster is None:
            (poster,) = posters.create_posters(
                place,
                kind="fixed_place",
                spot=SPOT,
                wave_id=fielding.wave_id,
                on=days_before(on, DAYS - 1),
            )
            posters.put_up(poster, days_before(on, DAYS - 1))
        hung.append((poster.id, place.id, weight))
    return hung


def _fielding(survey: str, on: date) -> Fielding:
    found = waves.open_fielding(survey, on)
    if found is None:
        wave = waves.open_wave(survey, title="Demonstration year", opens_on=days_before(on, DAYS - 1))
        found = waves.fielding(wave.id)
    return found


class _Contributions:
    """What each made-up person adds to the tallies, worked out once by the same rule as a live answer."""

    def __init__(self, fielding: Fielding, people: list[Person]) -> None:
        self.fielding, self.people = fielding, people
        self._of: dict[tuple[int, str, int], list[tuple[str, str, str, str, int]]] = {}

    def of(self, person: int, daypart: str, flags: int) -> list[tuple[str, str, str, str, int]]:
        """(attribute, question, option, group, flagged) of one response, its poster left open."""
        key = (person, daypart, flags)
        if key not in self._of:
            snapshot = Snapshot(
                self.fielding.wave_id, None, None, date.min, daypart, "demo", flags, self.people[person].answers
            )
            counted = self.fielding.counting.count(snapshot)
            self._of[key] = [(k.attribute, k.question, k.option, k.group, k.flagged) for k in counted]
        return self._of[key]

    def of_batch(self, batch: list[Draw], poster_id: int, place_id: int, day: date) -> list[bulk.TallyRow]:
        """The tally rows of all responses of one poster and day, in key order."""
        counted: Counter[tuple[str, str, str, str, int]] = Counter()
        for draw in batch:
            counted.update(self.of(draw.person, draw.daypart, draw.flags))
        wave_id, poster = self.fielding.wave_id, str(poster_id)
        return [
            (
                wave_id,
                attribute,
                question,
                "D",
                place_id,
                day,
                option,
                poster if attribute == "poster" else group,
                flagged,
                0,
                n,
            )
            for (attribute, question, option, group, flagged), n in sorted(counted.items(), key=itemgetter(0))
        ]

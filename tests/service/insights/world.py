"""A borough in small: places in areas and wards, posters, a wave of the shipped survey, and people who answer it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import insert

from community.extensions import db
from community.places.models import Place, Poster
from community.surveys.fielding import Fielding
from community.surveys.models import Response
from community.surveys.service import storing, waves
from community.surveys.service.withdrawing import withdraw
from community.surveys.shipped import publish_shipped
from community.surveys.tallies import Snapshot
from tests.factories.places import AreaFactory, PlaceFactory, PosterFactory, WardFactory

OPENS = date(2026, 1, 1)
TODAY = date(2026, 11, 20)
SAFE, UNSAFE, RATHER_NOT = "fairly_safe", "very_unsafe", "prefer_not_to_say"


@dataclass
class World:
    """Station and park are in the town area; the station also in the roads area; the library is in none."""

    station: Place
    park: Place
    library: Place
    poster: Poster
    fielding: Fielding
    answered: list[tuple[bytes, Snapshot]] = field(default_factory=list)

    def respond(
        self, answers: Mapping[str, str | Sequence[str]], *, place: Place | None = None, on: date = date(2026, 11, 2),
        daypart: str = "15-19", channel: str = "web", flags: int = 0, poster: Poster | None = None, times: int = 1,
        fielding: Fielding | None = None,
    ) -> bytes:  # fmt: skip
        """Store and count responses with these answers; the id of the last."""
        wave = fielding or self.fielding
        given = {q: (o,) if isinstance(o, str) else tuple(o) for q, o in answers.items()}
        for _ in range(times):
            id = secrets.token_bytes(16)
            snapshot = Snapshot(
                wave.wave_id,
                poster.id if poster else None,
                place.id if place else None,
                on,
                daypart,
                channel,
                flags,
                given,
            )
            db.session.execute(insert(Response), _row(id, snapshot))
            storing.write_answers(id, {}, given)
            storing.move_tallies(id, None, snapshot, wave.counting, today=TODAY)
            self.answered.append((id, snapshot))
        return id

    def change(self, id: bytes, answers: Mapping[str, str], *, flags: int = 0) -> None:
        """Change one response's answers, as a late page does."""
        before = dict(self.answered)[id]
        after = replace(before, answers={**before.answers, **{q: (o,) for q, o in answers.items()}}, flags=flags)
        storing.raise_flags(id, flags)
        storing.write_answers(id, before.answers, after.answers)
        storing.move_tallies(id, before, after, self.fielding.counting, today=TODAY)
        self.answered = [(i, after if i == id else snapshot) for i, snapshot in self.answered]

    def withdraw(self, id: bytes) -> None:
        assert withdraw(id, today=TODAY)


def _row(id: bytes, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "id": id, "wave_id": snapshot.wave_id, "poster_id": snapshot.poster_id, "place_id": snapshot.place_id,
        "answered_on": snapshot.answered_on, "daypart": snapshot.daypart, "channel": snapshot.channel, "language": "en",
        "flags": snapshot.flags,
    }  # fmt: skip


def make_world() -> World:
    """Nobody has answered yet."""
    publish_shipped(on=OPENS)
    north, south = WardFactory(code="E05000001", name="Northbury"), WardFactory(code="E05000002", name="Abbey")
    station = PlaceFactory(slug="barking-station", name="Barking Station", kind="station", ward=north)
    park = PlaceFactory(slug="abbey-green", name="Abbey Green", kind="park", ward=south)
    library = PlaceFactory(slug="valence-library", name="Valence Library", kind="library", ward=None)
    AreaFactory(slug="barking-town-centre", name="Barking Town Centre", places=[station, park])
    AreaFactory(slug="station-roads", name="Roads by the station", places=[station])
    poster = PosterFactory(place=station, status="up", up_on=OPENS)
    wave = waves.open_wave("safety", title="First month", opens_on=OPENS)
    db.session.flush()
    return World(station, park, library, poster, waves.fielding(wave.id))

"""A poster at a station whose wave asks the shipped questionnaires, and people who answer screen by screen."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select

from community.extensions import db
from community.places.models import Place, Poster
from community.surveys import queries
from community.surveys.fielding import Fielding
from community.surveys.loading import load
from community.surveys.models import Answer, Comment, Response, Tally, Tombstone
from community.surveys.questionnaire import Kind, Questionnaire
from community.surveys.service import answering, waves
from community.surveys.service.answering import Arrival, Saved
from community.surveys.service.withdrawing import withdraw
from community.surveys.shipped import FOLDER
from tests.factories.places import PlaceFactory, PosterFactory

OPENS = date(2026, 1, 1)
TODAY = date(2026, 11, 20)
SLOWLY = 600_000
"""Milliseconds: a form that nobody could call too fast."""
Value = str | Sequence[str]


class World:
    """One wave of each shipped survey; a poster at the station. All of it is committed or rolled back by the test."""

    def __init__(self, place: Place, poster: Poster, safety: Fielding, robbery: Fielding) -> None:
        self.place, self.poster, self.safety, self.robbery = place, poster, safety, robbery

    def arrival(self, id: bytes, **changed: Any) -> Arrival:
        arrival = Arrival(
            id=id, poster_id=self.poster.id, place_id=self.place.id, channel="web", language="en", on=TODAY,
            daypart="15-19", burst=False, elapsed_ms=SLOWLY,
        )  # fmt: skip
        return replace(arrival, **changed)

    def send(self, id: bytes, screen: str, *, fielding: Fielding | None = None, **values: Value) -> Saved:
        """Send one screen; question -> value or values, and of an Arrival what differs (on, burst, elapsed_ms)."""
        changed = {
            name: values.pop(name) for name in ("on", "burst", "elapsed_ms", "poster_id", "channel") if name in values
        }
        submitted = {q: [value] if isinstance(value, str) else list(value) for q, value in values.items()}
        return answering.save(fielding or self.safety, self.arrival(id, **changed), screen, submitted)

    def tap(self, option: str = "very_unsafe", **changed: Any) -> bytes:
        """A new response by its first tap; its id."""
        id = secrets.token_bytes(16)
        assert self.send(id, "here", safe_here=option, **changed).is_new
        return id

    def grown_up(self, *, age: str = "18-21", **changed: Any) -> bytes:
        """A response of a known age."""
        id = self.tap(**changed)
        self.send(id, "age", age=age)
        return id

    def withdraw(self, id: bytes) -> bool:
        return withdraw(id, today=TODAY)


@cache
def shipped(survey: str) -> Questionnaire:
    """A questionnaire that ships; read once, since that takes a tenth of a second."""
    path = FOLDER / f"{survey}.yaml"
    return load(path.read_text(), name=path.name)


def make_world() -> World:
    """Nobody has answered yet."""
    for survey in ("safety", "robbery"):
        waves.publish(shipped(survey), on=OPENS)
    station = PlaceFactory(slug="barking-station", name="Barking Station", kind="station")
    poster = PosterFactory(place=station, status="up", up_on=OPENS)
    found = [waves.open_wave(slug, title="First", opens_on=OPENS).id for slug in ("safety", "robbery")]
    db.session.flush()
    return World(station, poster, *(waves.fielding(id) for id in found))


def answers_of(id: bytes) -> dict[str, tuple[str, ...]]:
    """What is stored of a response; empty when it is not there."""
    stored = queries.snapshot(id)
    return {question: tuple(sorted(options)) for question, options in stored.answers.items()} if stored else {}


def words_of(id: bytes) -> list[str]:
    return list(db.session.scalars(select(Comment.masked_text).where(Comment.response_id == id)))


def rows() -> dict[str, int]:
    """Rows in each table that holds or counts what people sent; tallies that say 0 left out."""
    tables = {"response": Response, "answer": Answer, "comment": Comment, "tombstone": Tombstone}
    found = {
        name: len(db.session.execute(select(*model.__table__.primary_key)).all()) for name, model in tables.items()
    }
    return {**found, "tally": len(tallied())}


def tallied(span: str = "D") -> Counter[tuple[Any, ...]]:
    """(wave, attribute, question, place, day, option, group, flagged) -> count, as the tallies have it; zeros out."""
    found: Counter[tuple[Any, ...]] = Counter()
    for t in db.session.scalars(select(Tally).where(Tally.span == span)):
        found[t.wave_id, t.attribute, t.question, t.place_id, t.day, t.option, t.grp, t.flagged] += t.n
    assert all(n >= 0 for n in found.values()), "a tally below nought"
    return Counter({key: n for key, n in found.items() if n})


def recounted(*questionnaires: Fielding) -> Counter[tuple[Any, ...]]:
    """The same, counted anew from the stored rows in plain loops that share nothing with the code under test."""
    asked: dict[int, Questionnaire] = {fielding.wave_id: fielding.questionnaire for fielding in questionnaires}
    answers: dict[bytes, dict[str, set[str]]] = {}
    for response_id, question, option in db.session.execute(select(Answer.response_id, Answer.question, Answer.option)):
        answers.setdefault(response_id, {}).setdefault(question, set()).add(option)
    counted: Counter[tuple[Any, ...]] = Counter()
    for r in db.session.scalars(select(Response)):
        told = answers.pop(r.id, {})
        groups = {("channel", r.channel), ("daypart", r.daypart), ("poster", str(r.poster_id or "-"))}
        for question in asked[r.wave_id].questions:
            if question.attribute:
                chosen = told.get(question.key, set())
                groups |= {(question.attribute, option) for option in chosen if option[0] != "_"}
        for name, chosen in told.items():
            question = asked[r.wave_id].question(name)
            real = {option.key for option in question.options if not option.missing} & chosen
            extra = {"_answered"} if question.kind is Kind.multiple and real else set()
            for option in chosen | extra:
                is_mark = option in ("_skipped", "_not_asked", "_written")
                for attribute, group in {("daypart", r.daypart)} if is_mark else groups:
                    flagged = 1 if r.flags else 0
                    counted[r.wave_id, attribute, name, r.place_id or 0, r.answered_on, option, group, flagged] += 1
    assert not answers, "answers without a response"
    return counted

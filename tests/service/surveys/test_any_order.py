"""Whatever people do, in whatever order, the tallies say what the stored rows say."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.extensions import db
from community.insights.service.rollup import roll_up
from community.insights.service.verify import verify
from community.surveys.fielding import Fielding
from community.surveys.models import Tombstone
from community.surveys.questionnaire import AGE, WRITTEN, Kind, Question
from community.surveys.routing import BadAnswer
from community.surveys.service import retention
from community.surveys.service.answering import AnswersDeleted, NothingToGoOn
from community.surveys.service.withdrawing import withdraw
from tests.service.surveys.world import TODAY, World, answers_of, recounted, shipped, tallied, words_of

PEOPLE = 3
WORDS = ("", "Lamps", "my ex hits me, 07700 900123")
Step = tuple[Any, ...]


def values_for(question: Question) -> st.SearchStrategy[list[str]]:
    if question.kind is Kind.text:
        return st.sampled_from(WORDS).map(lambda words: [words])
    if question.kind is Kind.place:
        return st.sampled_from([[], ["barking-station"], ["nowhere"]])
    keys = [option.key for option in question.options]
    if question.key == AGE:  # few children, or nobody else is left
        return st.sampled_from([[], ["13-15"], *[["18-21"]] * 4, *([key] for key in keys)])
    return st.lists(st.sampled_from(keys), max_size=2 if question.kind is Kind.multiple else 1)


@st.composite
def sendings(draw: st.DrawFn, survey: str) -> Step:
    """Someone sends a screen: usually a sensible one, filled in anyhow."""
    questionnaire = shipped(survey)
    screens = questionnaire.screens
    texts = [question.key for question in questionnaire.questions if question.kind is Kind.text]
    often = [*screens[:2], screens[1], *[questionnaire.screen_of(key) for key in texts] * 3]
    screen = draw(st.sampled_from([*often, *screens]))
    values = {key: draw(values_for(questionnaire.question(key))) for key in screen.questions}
    return "send", draw(st.integers(0, PEOPLE - 1)), screen.key, values, draw(st.booleans()), draw(st.booleans())


def steps(survey: str) -> st.SearchStrategy[list[Step]]:
    sent = sendings(survey)
    rest = st.one_of(
        st.tuples(st.just("withdraw"), st.integers(0, PEOPLE - 1)),
        st.tuples(st.just("nights"), st.sampled_from([1, 2, 12, 45])),
    )
    return st.lists(st.one_of(sent, sent, sent, sent, sent, rest), min_size=10, max_size=30)


class Town:
    """Carries the steps out, and checks after each what must hold."""

    def __init__(self, world: World, fielding: Fielding) -> None:
        self.world, self.fielding = world, fielding
        self.ids = [secrets.token_bytes(16) for _ in range(PEOPLE)]
        self.day = TODAY

    def do(self, step: Step) -> None:
        kind, what, *more = step
        if kind == "send":
            self.send(self.ids[what], *more)
        elif kind == "withdraw":
            withdraw(self.ids[what], today=self.day)
        else:
            self.day += timedelta(days=what)
            retention.forget(self.day)
            roll_up(self.day)

    def send(self, id: bytes, screen: str, values: dict[str, list[str]], hurried: bool, burst: bool) -> None:
        before = answers_of(id)
        try:
            with db.session.begin_nested():
                self.world.send(
                    id, screen, fielding=self.fielding, on=self.day, elapsed_ms=900 if hurried else 900_000,
                    burst=burst, **values,
                )  # fmt: skip
        except (AnswersDeleted, NothingToGoOn):
            assert before == answers_of(id) == {}
        except BadAnswer:
            assert before == answers_of(id)

    def check(self) -> None:
        assert tallied() == recounted(self.world.safety, self.world.robbery)
        for id in self.ids:
            answers = answers_of(id)
            written = [question for question, options in answers.items() if WRITTEN in options]
            assert len(words_of(id)) == len(written)
            assert not answers or db.session.get(Tombstone, id) is None
            if answers.get("age", ("",))[0] in ("", "_skipped", "13-15", "prefer_not_to_say"):
                assert not written


@pytest.fixture
def undone(world: World) -> World:
    db.session.commit()
    return world


ANY_ORDER = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@given(steps("safety"))
@ANY_ORDER
def test_after_any_steps_the_tallies_of_the_safety_survey_are_the_recount(undone: World, done: list[Step]) -> None:
    carry_out(undone, undone.safety, done)


@given(steps("robbery"))
@ANY_ORDER
def test_after_any_steps_the_tallies_of_the_robbery_survey_are_the_recount(undone: World, done: list[Step]) -> None:
    carry_out(undone, undone.robbery, done)


def carry_out(world: World, fielding: Fielding, done: Sequence[Step]) -> None:
    """All of it in a savepoint that is rolled back, so that each example begins with nobody."""
    example = db.session.begin_nested()
    try:
        town = Town(world, fielding)
        opening = fielding.questionnaire.screens[0]
        for id in town.ids[1:]:  # most people tap first; one may come in through any door
            option = fielding.questionnaire.opening.options[0].key
            town.send(id, opening.key, {opening.questions[0]: [option]}, False, False)
        for step in done:
            town.do(step)
        town.check()
        assert verify().first == ()
    finally:
        example.rollback()
        db.session.expire_all()

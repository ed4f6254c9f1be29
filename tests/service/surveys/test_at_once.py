"""Two phones, or one impatient thumb, in the same moment: real threads, real commits, both engines."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from community.extensions import db
from community.surveys.service import storing
from community.surveys.service.answering import AnswersDeleted
from tests.rig.at_once import at_once
from tests.service.surveys.world import World, answers_of, make_world, recounted, rows, tallied, words_of

OPTIONS = ("very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe", "prefer_not_to_say")


@dataclass
class Crowd:
    """Runs pieces of work at the same moment, each in a thread and transaction of its own, as requests are."""

    app: Flask
    world: World

    def at_once(self, *works: Callable[[], object]) -> list[object]:
        """What each gave back, or the exception it ended with."""
        return at_once(self.app, works)

    def one(self, work: Callable[[], object]) -> object:
        (found,) = self.at_once(work)
        return found

    def agree(self) -> None:
        with self.app.app_context():
            assert tallied() == recounted(self.world.safety, self.world.robbery)


@pytest.fixture
def crowd(fresh_app: Flask) -> Crowd:
    with fresh_app.app_context():
        world = make_world()
        for row in (world.place, world.poster):
            assert row.id
        db.session.commit()
        for row in (world.place, world.poster):
            db.session.refresh(row)
        db.session.expunge_all()
    return Crowd(fresh_app, world)


def no_faults(found: list[object]) -> None:
    assert [one for one in found if isinstance(one, BaseException)] == []


def test_one_form_sent_by_many_at_once_is_one_response(crowd: Crowd) -> None:
    for _ in range(4):
        id = secrets.token_bytes(16)
        works = [lambda id=id, option=option: crowd.world.send(id, "here", safe_here=option) for option in OPTIONS]
        found = crowd.at_once(*works)
        no_faults(found)
        assert sum(saved.is_new for saved in found) == 1
        with crowd.app.app_context():
            assert answers_of(id)["safe_here"][0] in OPTIONS
    with crowd.app.app_context():
        assert rows()["response"] == 4
    crowd.agree()


def test_the_last_of_two_wins(crowd: Crowd) -> None:
    id = secrets.token_bytes(16)
    crowd.one(lambda: crowd.world.send(id, "here", safe_here="very_safe"))
    no_faults(crowd.at_once(*(lambda: crowd.world.send(id, "here", safe_here="neither") for _ in range(4))))
    crowd.one(lambda: crowd.world.send(id, "here", safe_here="very_unsafe"))
    with crowd.app.app_context():
        assert answers_of(id) == {"safe_here": ("very_unsafe",)}
    crowd.agree()


def test_many_people_at_one_poster_are_all_counted(crowd: Crowd) -> None:
    ages = ("13-15", "16-17", "18-21")

    def visit(n: int) -> None:
        for _ in range(5):
            id = crowd.world.tap(OPTIONS[n % 6])
            db.session.commit()
            crowd.world.send(id, "age", age=ages[n % 3])
            db.session.commit()

    no_faults(crowd.at_once(*(lambda n=n: visit(n) for n in range(6))))
    with crowd.app.app_context():
        assert rows()["response"] == 30
    crowd.agree()


def test_two_screens_of_one_response_in_the_same_moment_are_both_kept(crowd: Crowd) -> None:
    for _ in range(4):
        id = secrets.token_bytes(16)
        crowd.one(lambda id=id: crowd.world.send(id, "here", safe_here="very_unsafe"))
        found = crowd.at_once(
            lambda id=id: crowd.world.send(id, "age", age="18-21"),
            lambda id=id: crowd.world.send(id, "borough", safe_in_borough="no"),
            lambda id=id: crowd.world.send(id, "here", safe_here="very_safe"),
        )
        no_faults(found)
        with crowd.app.app_context():
            assert answers_of(id) == {"safe_here": ("very_safe",), "age": ("18-21",), "safe_in_borough": ("no",)}
    crowd.agree()


@pytest.mark.parametrize("deletes", ["withdraw", "under 13"])
def test_whatever_crosses_a_deletion_the_response_is_gone(crowd: Crowd, deletes: str) -> None:
    for _ in range(5):
        id = secrets.token_bytes(16)
        crowd.one(lambda id=id: crowd.world.send(id, "here", safe_here="very_unsafe"))
        crowd.one(lambda id=id: crowd.world.send(id, "age", age="18-21"))

        def delete(id: bytes = id) -> object:
            return crowd.world.withdraw(id) if deletes == "withdraw" else crowd.world.send(id, "age", age="under_13")

        found = crowd.at_once(
            delete,
            lambda id=id: crowd.world.send(id, "here", safe_here="very_safe"),
            lambda id=id: crowd.world.send(id, "here", safe_here="neither"),
            lambda id=id: crowd.world.send(id, "help", help=["cctv"], help_comment="Lamps"),
        )
        assert all(isinstance(one, AnswersDeleted) for one in found if isinstance(one, BaseException))
        assert not isinstance(found[0], BaseException)
        with crowd.app.app_context():
            assert (answers_of(id), words_of(id)) == ({}, [])
    crowd.agree()
    with crowd.app.app_context():
        assert rows() == {"response": 0, "answer": 0, "comment": 0, "tombstone": 5, "tally": 0}


def test_what_was_not_committed_is_not_there(crowd: Crowd) -> None:
    id = crowd.one(crowd.world.tap)

    def break_off() -> None:
        crowd.world.send(id, "age", age="18-21")
        raise RuntimeError("the power went")

    with crowd.app.app_context():
        before = (answers_of(id), rows())
    assert isinstance(crowd.one(break_off), RuntimeError)
    with crowd.app.app_context():
        assert (answers_of(id), rows()) == before
    crowd.agree()


def test_a_first_tap_that_fails_half_way_leaves_nothing(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_TALLY", storing._TALLY.replace("slot, n", "slot, no_such_column"))
    storing._all_at_once.cache_clear()
    assert isinstance(crowd.one(crowd.world.tap), DBAPIError)
    storing._all_at_once.cache_clear()
    with crowd.app.app_context():
        assert rows() == {"response": 0, "answer": 0, "comment": 0, "tombstone": 0, "tally": 0}
    monkeypatch.undo()
    assert isinstance(crowd.one(crowd.world.tap), bytes)  # and the connection is good for the next
    crowd.agree()


def test_a_first_tap_sent_again_while_it_is_being_taken_back_stays_away(crowd: Crowd) -> None:
    for _ in range(20):
        id = crowd.one(crowd.world.tap)
        again = lambda id=id: crowd.world.send(id, "here", safe_here="very_safe")  # noqa: E731
        crowd.at_once(lambda id=id: crowd.world.withdraw(id), again, again, again)
        with crowd.app.app_context():
            assert answers_of(id) == {}
    with crowd.app.app_context():
        assert rows()["response"] == 0
    crowd.agree()

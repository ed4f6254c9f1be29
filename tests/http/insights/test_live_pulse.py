"""How a page learns that something was answered, and how a table is taken away."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from community.extensions import db
from community.insights.memory import TOLD_PER_SECOND, Memory
from community.shared.clock import london_now, london_today
from community.shared.database import stamp
from community.staff.here import here
from community.staff.models import AuditEntry
from tests.factories.places import PlaceFactory
from tests.rig.client import Client, Runner
from tests.rig.staff import form_token
from tests.service.insights.world import SAFE, UNSAFE, World

LIVE = "/staff/insights/safety"


def ask(client: Client, word: str) -> Any:
    return client.get(f"{LIVE}/pulse", headers={"If-None-Match": f'"{word}"'})


def test_the_pulse_answers_in_full_only_when_something_changed(world: World, analyst: Client) -> None:
    word = analyst.get(LIVE).page.by_id("live").get("data-word") or ""
    assert ask(analyst, word).status_code == 304
    world.respond({"safe_here": SAFE}, on=london_today(), place=world.station)
    answer = ask(analyst, word)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "text/plain", "no-store")
    assert answer.text != word
    assert answer.headers["ETag"] == f'"{answer.text}"'
    assert ask(analyst, answer.text).status_code == 304


def test_what_the_page_does_by_itself_keeps_nobody_signed_in(world: World, app: Flask, analyst: Client) -> None:
    """Sessions end 15 minutes after the person last did something."""
    began = london_now()

    def purge(minutes: int) -> int:
        with app.app_context():
            return here().sessions.purge(began + timedelta(minutes=minutes))

    for path in (f"{LIVE}/pulse", f"{LIVE}/now", f"{LIVE}/places/barking-station/now"):
        assert analyst.get(path).status_code == 200
    assert purge(14) == 0
    assert purge(16) == 1
    assert [analyst.get(path).status_code for path in (f"{LIVE}/pulse", f"{LIVE}/now")] == [401, 401]
    assert analyst.get(LIVE).status_code == 302


def test_the_page_fetched_by_itself_is_the_same_page(world: World, analyst: Client) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, times=3)
    asked = {"by": "daypart", "place": "barking-station"}
    page = analyst.get(LIVE, query_string=asked).page
    again = analyst.get(page.by_id("live").get("data-now") or "").page
    for part in ("glance", "question-part", "split"):
        assert page.by_id(part).text == again.by_id(part).text


def test_only_a_few_are_told_in_a_second(world: World) -> None:
    memory = Memory(2)
    assert [memory.may_tell() for _ in range(TOLD_PER_SECOND + 2)] == [True] * TOLD_PER_SECOND + [False] * 2


def test_many_who_watch_the_same_make_one_page_of_it() -> None:
    memory, made = Memory(60), []
    for word, at in (("a", None), ("a", None), ("a", 1), ("b", 2), ("c", 2)):
        memory.page("survey", word, at, lambda: made.append(1))
    assert len(made) == 2  # for a; for b; nothing was committed between b and c, so c is no other
    forgetful = Memory(0)
    for _ in range(2):
        forgetful.page("survey", "a", 1, lambda: made.append(1))
    assert len(made) == 4


def test_a_word_is_looked_up_again_once_something_was_committed() -> None:
    memory, words = Memory(2), iter("abcd")
    assert [memory.word("safety", at, lambda: next(words)) for at in (1, 1, 2, None)] == ["a", "a", "b", "c"]


def test_the_stamp_of_a_database_changes_with_every_commit(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        stamps = []
        for n in range(4):
            db.session.add(PlaceFactory.build(slug=f"place-{n}", ward=None))
            db.session.commit()
            time.sleep(0.06)  # a file written this moment vouches for nothing yet
            stamps.append(stamp())
            assert stamp() == stamps[-1]
            db.session.rollback()
        assert None not in stamps
        assert len(set(stamps)) == 4


def taken(client: Client, **asked: str) -> Any:
    token = form_token(client.get(LIVE))
    return client.post(f"{LIVE}/results.csv", data={"csrf_token": token, **asked})


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))


def test_a_csv_holds_every_number_of_the_command(world: World, analyst: Client, runner: Runner) -> None:
    world.respond({"safe_here": UNSAFE, "age": "18-21"}, place=world.station, times=6)
    world.respond({"safe_here": SAFE, "age": "16-17"}, place=world.station, times=3, flags=1)
    answer = taken(analyst, by="age", place="barking-station")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="safety-safe_here-by-age.csv"'
    document = runner.json("insights", "results", "safety", "--by", "age", "--place", "barking-station")
    found = lines(answer)
    assert len(found) == len(document["rows"])
    for line, row in zip(found, document["rows"], strict=True):
        assert {name: line[name] for name in row} == {n: "" if v is None else str(v) for n, v in row.items()}
        assert line["wording"] == document["wording"]
        assert "chose to answer" in line["note"]
    assert any(line["count"] == "" for line in found), "nothing was hidden"


def test_a_button_beside_a_chart_takes_that_table(world: World, analyst: Client) -> None:
    world.respond({"safe_here": UNSAFE, "why": ["dark"]}, place=world.park, times=6)
    page = analyst.get(f"{LIVE}/places/abbey-green")
    answer = analyst.press(page, "CSV of Answers to “What makes you feel less safe?”")
    assert {(line["question"], line["places"]) for line in lines(answer)} == {("why", "abbey-green")}


def test_taking_a_table_away_is_written_down_without_what_was_answered(world: World, analyst: Client) -> None:
    world.respond({"safe_here": UNSAFE}, place=world.station, times=6)
    taken(analyst, by="place", question="safe_here")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "answers.export")).one()
    assert (entry.subject, json.loads(entry.detail)) == (
        "safety", {"by": "place", "question": "safe_here", "rows": "5"},
    )  # fmt: skip
    assert entry.who is not None


def test_a_table_that_cannot_be_is_refused_and_nothing_is_written_down(world: World, analyst: Client) -> None:
    assert taken(analyst, by="shoe").status_code == 404
    assert taken(analyst, **{"from": "soon"}).status_code == 422
    assert analyst.post(f"{LIVE}/results.csv", data={"by": "age"}).status_code == 400  # not from one of our forms
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "answers.export")).all() == []


def test_a_place_named_like_a_formula_is_inert(world: World, analyst: Client) -> None:
    place = PlaceFactory(slug="sum", name='=HYPERLINK("https://x.example")', kind="park")
    world.respond({"safe_here": UNSAFE}, place=place)
    (name,) = {line["group_name"] for line in lines(taken(analyst, by="place"))}
    assert name == '\'=HYPERLINK("https://x.example")'

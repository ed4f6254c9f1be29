"""Demonstration answers come and go whole, with their tallies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from community.extensions import db
from community.operations import demo
from community.places.service.facts import load_facts
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import prospects
from community.shared.clock import london_today
from tests.factories.safe_havens import ProspectFactory
from tests.rig.client import Runner


def counted() -> tuple[int, int, int, int]:
    """(responses, answers, tally rows, rows of scans)."""
    one = db.session.execute
    tables = ("response", "answer", "tally", "scan_count")
    return tuple(one(text(f"select count(*) from {t}")).scalar_one() for t in tables)  # type: ignore[return-value]


def test_demonstration_answers_agree_with_their_tallies_and_leave_nothing_behind(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    run("demo", "load", "--responses", "200", "--seed", "5")
    run("insights", "verify")
    with fresh_app.app_context():
        assert counted()[0] == 200
        assert db.session.execute(text("select sum(n) from scan_count")).scalar_one() >= 300
        assert db.session.execute(text("select distinct channel from response")).scalars().all() == ["demo"]
    assert run.json("demo", "clear") == {"responses": 200, "havens": 38}
    with fresh_app.app_context():
        assert counted() == (0, 0, 0, 0)


def test_the_same_seed_gives_the_same_answers(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    seen = []
    for _ in range(2):
        run("demo", "load", "--responses", "60", "--seed", "9")
        seen.append(run.json("insights", "results", "safety", "--by", "age"))
        run("demo", "clear")
    assert seen[0] == seen[1]


def test_demonstration_answers_are_not_loaded_twice(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    run("demo", "load", "--responses", "20")
    assert "demo clear" in run("demo", "load", "--responses", "20", status=1).stderr


def test_made_up_venues_say_so_are_listed_today_and_go(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    done = run.json("demo", "load", "--responses", "20")
    assert (done["havens"], done["prospects"]) == (26, 12)
    listed = run.json("havens", "list")["havens"]
    assert len(listed) >= 18 and all(row["demo"] and row["name"].endswith(" (demo)") for row in listed)
    waits = run.json("havens", "review")
    assert all(waits[what] for what in ("reports", "applications", "hours", "lapses"))
    with fresh_app.app_context():
        db.session.add(ProspectFactory.build(name="Real"))
        db.session.commit()
    assert run.json("demo", "clear")["havens"] == 38
    with fresh_app.app_context():
        assert [one.name for one in prospects.everyone()] == ["Real"]
        tables = ("safe_haven", "safe_haven_use", "safe_haven_visit", "safe_haven_problem", "safe_haven_contact")
        assert [db.session.execute(text(f"select count(*) from {t}")).scalar_one() for t in tables] == [0] * 5


def test_the_steps_of_a_made_up_venue_come_in_an_order_that_can_be(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        load_facts()
        demo.load_havens(seed=1, on=london_today())
        for haven in db.session.scalars(select(SafeHaven)):
            days: dict[str, date] = {}
            for event in sorted(haven.events, key=lambda one: (one.happened_on, one.id)):
                days.setdefault(event.event, event.happened_on)
            if haven.approved_on is None:
                continue
            before = [days[step] for step in ("applied", "visit_passed", "trained", "agreed")]
            assert all(day <= haven.approved_on for day in before) and before[0] == min(before), haven.slug
            assert haven.trained_on == max(one.finished_on for one in haven.trainings), haven.slug


def test_no_made_up_venue_is_ever_loaded_in_production(fresh_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(fresh_app.extensions["community"].settings, app_env="production")
    monkeypatch.setitem(
        fresh_app.extensions, "community", replace(fresh_app.extensions["community"], settings=settings)
    )
    with fresh_app.app_context():
        load_facts()
        assert demo.load_havens(seed=1, on=london_today()) == {"havens": 0, "prospects": 0}

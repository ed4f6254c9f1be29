"""`havens list` and `havens review`: one JSON document each, and a sentence for a slip; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from community.extensions import db
from community.safe_havens.models import HavenProblem, SafeHaven
from community.safe_havens.service import life, renewing, visiting
from community.safe_havens.service.life import NotNow
from community.shared.clock import london_today
from community.shared.runtime import runtime
from tests.factories.safe_havens import AppliedFactory, ListedFactory
from tests.rig.client import Runner


@pytest.fixture
def open_late(db_session: object) -> None:
    ListedFactory(name="Late", slug="late", opening="Mo-Sa 12:00-01:00")
    ListedFactory(name="Early", slug="early", opening="Mo-Fr 08:00-16:00")
    ListedFactory(name="Not shown", consents=False)
    AppliedFactory(name="Only applied")


@pytest.mark.parametrize(
    ("at", "now"),
    [
        ("2026-11-20T21:20", ["opens Monday 8am", "open till 1am"]),
        ("2026-11-21T00:30", ["opens Monday 8am", "open till 1am"]),
        ("2026-11-20T21:20+00:00", ["opens Monday 8am", "open till 1am"]),
        ("2026-10-25T01:30", ["opens tomorrow 8am", "opens tomorrow midday"]),
    ],
)
def test_the_list_of_a_moment(open_late: None, runner: Runner, at: str, now: list[str]) -> None:
    found = runner.json("havens", "list", "--at", at)
    assert [(row["name"], row["now"]) for row in found["havens"]] == list(zip(["Early", "Late"], now, strict=True))
    assert [row["is_open"] for row in found["havens"]] == [words.startswith("open ") for words in now]
    assert "Late" in runner("havens", "list", "--at", at).stdout


def test_a_time_that_is_none_ends_with_a_sentence_and_status_1(db_session: object, runner: Runner) -> None:
    failed = runner("havens", "list", "--at", "noon", status=1)
    assert failed.stdout == "" and "2026-11-20T21:20" in failed.stderr


def test_what_waits_is_one_document(db_session: object, runner: Runner) -> None:
    today = london_today()
    applied = AppliedFactory(slug="new", applied_on=today)
    AppliedFactory(slug="older", name="Another", address="9 Road", applied_on=today - timedelta(days=3))
    soon = ListedFactory(
        slug="soon", checked_on=today, trained_on=today - timedelta(days=330), opening_proposed="24/7", address="7 Road"
    )
    db.session.add(HavenProblem(haven_id=soon.id, problem="shut", reported_on=today - timedelta(days=2), n=2))
    visiting.plan(applied, "first", today, today=today)
    found = runner.json("havens", "review")
    assert found["reports"] == [
        {"venue": "soon", "problem": "shut", "reported_on": (today - timedelta(days=2)).isoformat(), "n": 2,
         "is_overdue": True}
    ]  # fmt: skip
    assert [row["venue"] for row in found["applications"]] == ["older", "new"]
    assert found["visits"] == [{"venue": "new", "kind": "first", "planned_on": today.isoformat(), "is_due": True}]
    assert [row["venue"] for row in found["hours"]] == ["soon"]
    assert [(row["what"], row["is_over"]) for row in found["lapses"]] == [(["the training"], False)]
    assert "older" in runner("havens", "review").stdout


def test_what_a_setting_asks_for_anew_reaches_venues_that_are_listed_and_hides_none(
    app: Flask, db_session: object, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = london_today()
    ListedFactory(slug="old", checked_on=today, trained_on=today)
    ListedFactory(slug="new", checked_on=today, trained_on=today, agreement="1-k", insured_until=today)
    AppliedFactory(agreement="1")
    settings = runtime().settings
    asks = replace(settings, havens=replace(settings.havens, keeps_out=True, insurance=True))
    monkeypatch.setitem(app.extensions, "community", replace(runtime(), settings=asks))
    found = runner.json("havens", "review")
    assert found["to_agree"] == [{"venue": "old", "accepted": "1"}] and found["uninsured"] == [{"venue": "old"}]
    said = runner("havens", "review").stdout
    assert "accepted version 1, and it is another now" in said and "until when it is insured" in said
    assert {row["slug"] for row in runner.json("havens", "list")["havens"]} == {"old", "new"}
    haven = db.session.query(SafeHaven).filter_by(slug="old").one()
    life.remind(haven, "agreement")
    with pytest.raises(NotNow, match="Only an application"):
        life.remind(haven, "training")
    haven.checked_on = today - timedelta(days=340)
    with pytest.raises(NotNow, match="accept it first"):
        renewing.renew(haven, on=today)
    renewing.accept_agreement(haven, "1-k", on=today)
    assert renewing.renew(haven, on=today).counts


def test_nothing_waits_where_there_is_nothing(db_session: object, runner: Runner) -> None:
    assert runner("havens", "review").stdout == "Nothing waits.\n"
    assert runner("havens", "list").stdout == "No venue is listed.\n"

"""What visitors report and say, counted and bounded; who is told; what a sticker stands for. On both engines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from community.extensions import db
from community.safe_havens.kinds import FEEDBACK, PROBLEMS
from community.safe_havens.models import HavenFeedback, HavenProblem, SafeHaven
from community.safe_havens.service import feedback, listing, problems, standing
from community.safe_havens.service.problems import Seen
from community.safe_havens.service.standing import Sticker
from community.shared.clock import LONDON
from community.staff.models import AuditEntry
from tests.factories.safe_havens import AppliedFactory, ListedFactory
from tests.rig.staff import officer

TODAY = date(2026, 11, 20)


@pytest.fixture
def haven(db_session: object) -> SafeHaven:
    made: SafeHaven = ListedFactory(name="Made up cafe")
    ListedFactory()  # noise
    return made


@pytest.fixture
def letters(app: Flask, capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    with app.app_context():
        officer(app, "coordinator", email="coordinator@council.example")
        officer(app, "viewer", email="viewer@council.example")
        db.session.commit()
    capsys.readouterr()
    return capsys


def told(problem: str, times: int, haven: SafeHaven, on: date = TODAY) -> list[bool]:
    return [problems.report(haven.id, problem, on) for _ in range(times)]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_report_is_counted_by_day_and_no_more_than_so_many(haven: SafeHaven, problem: str) -> None:
    told(problem, problems.MOST_A_DAY + 5, haven)
    told(problem, 1, haven, TODAY + timedelta(days=1))
    rows = db.session.query(HavenProblem).order_by(HavenProblem.reported_on).all()
    assert [(row.haven_id, row.problem, row.n) for row in rows] == [(haven.id, problem, 200), (haven.id, problem, 1)]
    assert not problems.is_counted(haven.id, problem, TODAY)
    assert problems.is_counted(haven.id, problem, TODAY + timedelta(days=2))


@pytest.mark.parametrize("problem", ["", "rude", "danger ", "DANGER", "\0", "'; drop table safe_haven"])
def test_what_is_none_of_our_problems_is_refused(haven: SafeHaven, problem: str) -> None:
    with pytest.raises(problems.BadProblem):
        problems.is_counted(haven.id, problem, TODAY)


def test_danger_is_told_to_coordinators_once_it_is_stored_and_a_flood_is_one_letter(
    haven: SafeHaven, letters: pytest.CaptureFixture[str]
) -> None:
    assert told("danger", 3, haven) == [True, False, False]
    assert letters.readouterr().err == ""
    db.session.commit()
    said = letters.readouterr().err
    assert said.count("email to coordinator@council.example") == 1 and "viewer@" not in said
    assert "Made up cafe" in said
    problems.looked(haven, Seen("danger", TODAY, 3), "nothing", on=TODAY)
    assert told("danger", 2, haven) == [True, False]
    db.session.commit()
    assert letters.readouterr().err.count("email to") == 1


def test_danger_reported_after_the_page_was_opened_stays_new_and_is_told_again(
    haven: SafeHaven, letters: pytest.CaptureFixture[str]
) -> None:
    told("danger", 1, haven)
    told("danger", 2, haven)  # while somebody reads of the first
    db.session.commit()
    letters.readouterr()
    assert problems.looked(haven, Seen("danger", TODAY, 1), "nothing", on=TODAY) == 1
    db.session.commit()
    assert letters.readouterr().err.count("email to coordinator@council.example") == 1
    (left,) = problems.waiting(datetime(2026, 11, 20, 12, tzinfo=LONDON))
    assert (left.n, left.of_day) == (2, 3)
    with pytest.raises(problems.BadOutcome):  # the same old page once more
        problems.looked(haven, Seen("danger", TODAY, 1), "nothing", on=TODAY)
    assert problems.looked(haven, Seen("danger", TODAY, 9_999), "put_right", on=TODAY) == 2
    db.session.commit()
    assert letters.readouterr().err == "" and problems.still_new(haven, Seen("danger", TODAY, 3)) == 0


@pytest.mark.parametrize(
    "seen", [Seen("danger", TODAY, 0), Seen("danger", date(2020, 1, 1), 5), Seen("no such", TODAY, 1)]
)
def test_reports_nobody_can_have_seen_are_not_closed(haven: SafeHaven, seen: Seen) -> None:
    told("danger", 1, haven)
    with pytest.raises(problems.BadOutcome):
        problems.looked(haven, seen, "nothing", on=TODAY)
    assert problems.still_new(haven, Seen("danger", TODAY, 1)) == 1


def test_other_problems_wait_without_a_letter(haven: SafeHaven, letters: pytest.CaptureFixture[str]) -> None:
    for problem in PROBLEMS.keys() - {"danger"}:
        assert told(problem, 2, haven) == [False, False]
    db.session.commit()
    assert letters.readouterr().err == ""


def test_a_report_hides_no_venue(haven: SafeHaven) -> None:
    for problem in PROBLEMS:
        told(problem, 50, haven)
    at = datetime(2026, 11, 20, 12, tzinfo=LONDON)
    assert haven.slug in listing.directory(at).by_slug and haven.status == "approved"


def test_what_waits_is_danger_first_then_the_oldest_and_says_when_it_is_due(haven: SafeHaven) -> None:
    told("shut", 1, haven, TODAY - timedelta(days=2))
    told("sticker", 2, haven, TODAY - timedelta(days=1))
    told("danger", 1, haven)
    waits = problems.waiting(datetime(2026, 11, 20, 0, 1, tzinfo=LONDON))
    assert [(one.problem, one.n, one.is_due, one.is_overdue) for one in waits] == [
        ("danger", 1, False, False),
        ("shut", 1, True, True),
        ("sticker", 2, True, False),
    ]


def test_looked_at_it_waits_no_more_until_it_is_reported_again(haven: SafeHaven) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=LONDON)
    told("shut", 3, haven)
    assert problems.looked(haven, Seen("shut", TODAY, 3), "put_right", on=TODAY) == 3
    assert problems.waiting(now) == []
    with pytest.raises(problems.BadOutcome):
        problems.looked(haven, Seen("shut", TODAY, 3), "put_right", on=TODAY)
    told("shut", 1, haven)
    assert [one.n for one in problems.waiting(now)] == [1]
    with pytest.raises(problems.BadOutcome):
        problems.looked(haven, Seen("shut", TODAY, 4), "forgotten", on=TODAY)
    (entry,) = db.session.query(AuditEntry).filter(AuditEntry.action == "haven.look-at-reports").all()
    assert entry.subject == haven.slug and '"reports":"3"' in entry.detail


@pytest.mark.parametrize("said", FEEDBACK)
def test_feedback_is_a_count_by_day_and_bounded(haven: SafeHaven, said: str) -> None:
    for _ in range(feedback.MOST_A_DAY + 3):
        feedback.say(haven.id, said, TODAY)
    (row,) = db.session.query(HavenFeedback).all()
    assert (row.haven_id, row.said_on, row.said, row.n) == (haven.id, TODAY, said, 200)
    assert not feedback.is_counted(haven.id, said, TODAY)
    with pytest.raises(feedback.BadFeedback):
        feedback.is_counted(haven.id, "loved it", TODAY)


def test_a_sticker_is_live_lapsed_or_unknown(haven: SafeHaven) -> None:
    quiet = ListedFactory(consents=False)
    lapsed = ListedFactory(checked_on=TODAY - timedelta(days=366))
    gone = ListedFactory(status="left", left_on=TODAY)
    seen = {one.serial: standing.check(str(one.serial).lower(), TODAY) for one in (haven, quiet, lapsed, gone)}
    assert [(one.sticker, one.is_listed) for one in seen.values()] == [
        (Sticker.live, True),
        (Sticker.live, False),
        (Sticker.lapsed, False),
        (Sticker.lapsed, False),
    ]
    for typed in ("", "00000000", "x" * 5000, "\0", "'; --", "٣٣٣٣٣٣٣٣"):
        assert standing.check(typed, TODAY).sticker is Sticker.unknown


def test_of_who_only_applied_or_will_not_be_shown_nothing_is_told(db_session: object) -> None:
    assert standing.once_listed(AppliedFactory().slug) is None
    assert standing.once_listed(ListedFactory(consents=False).slug) is None
    lapsed = ListedFactory(checked_on=date(2020, 1, 1))
    assert standing.once_listed(lapsed.slug) == lapsed
    for slug in ("", "no-such", "\0", "../x", "a" * 500):
        assert standing.once_listed(slug) is None

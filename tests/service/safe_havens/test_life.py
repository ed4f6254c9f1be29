"""From an application to the list and off it again: every step with its day, its person and its letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from community.extensions import db
from community.safe_havens.kinds import CHECKLIST, NOT_AT_FIRST
from community.safe_havens.models import HavenTraining, SafeHaven
from community.safe_havens.service import life, listing, problems, visiting
from community.safe_havens.service.life import NotNow, NotReady
from community.safe_havens.service.problems import Seen
from community.shared.runtime import runtime
from community.staff import audit
from community.staff.models import Account, AuditEntry
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory
from tests.rig.staff import officer

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)
FIRST_LINES = tuple(key for key in CHECKLIST if key not in NOT_AT_FIRST)


@pytest.fixture
def priya(app: Flask, db_session: object) -> Iterator[Account]:
    """A coordinator, who acts."""
    account = officer(app, "coordinator")
    token = audit.acting.set(account.id)
    yield account
    audit.acting.reset(token)


@pytest.fixture
def cafe(priya: Account) -> SafeHaven:
    haven: SafeHaven = AppliedFactory(name="Ayesha's cafe")
    ContactFactory(haven_id=haven.id)
    db.session.refresh(haven)
    return haven


def visited(haven: SafeHaven, by: Account, *, passed: bool = True, kind: str = "first") -> None:
    visit = visiting.plan(haven, kind, MONDAY, today=MONDAY)
    ticked = list(visiting.lines(visit))
    result = "passed" if passed else "failed"
    visiting.record(visit, haven, ticked=ticked if passed else ticked[1:], result=result, note="", by=by.id, on=MONDAY)


def trained(haven: SafeHaven, on: date = MONDAY) -> None:
    haven.trainings.append(HavenTraining(course="1", finished_on=on))
    haven.trained_on = on
    life.happened(haven, "trained", on)
    db.session.flush()


def agreed(haven: SafeHaven) -> None:
    haven.agreement, haven.agreed_on = "1", MONDAY
    db.session.flush()


def ready(haven: SafeHaven, by: Account) -> SafeHaven:
    visited(haven, by)
    trained(haven)
    agreed(haven)
    return haven


def events(haven: SafeHaven) -> list[tuple[str, date]]:
    return [(one.event, one.happened_on) for one in haven.events]


def trail() -> list[tuple[str, str, int | None]]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    return [(row.action, row.subject, row.who) for row in rows if row.action.startswith("haven.")]


def names_listed(on: date) -> list[str]:
    return [venue.name for venue in listing.venues_listed(on, insured=False)]


def test_a_visited_trained_and_agreed_venue_is_approved_and_listed(cafe: SafeHaven, priya: Account) -> None:
    ready(cafe, priya)
    assert names_listed(TUESDAY) == []
    assert life.sign_off(cafe, by=priya.id, on=TUESDAY) is True
    assert (cafe.status, cafe.approved_on, cafe.checked_on) == ("approved", TUESDAY, MONDAY)
    assert cafe.serial is not None and len(cafe.serial) == 8
    assert names_listed(TUESDAY) == ["Ayesha's cafe"]
    assert [step for step in events(cafe) if step[0] != "trained"] == [
        ("visit_planned", MONDAY), ("visit_passed", MONDAY), ("approved", TUESDAY),
    ]  # fmt: skip
    assert trail() == [
        ("haven.plan-visit", cafe.slug, priya.id),
        ("haven.visit", cafe.slug, priya.id),
        ("haven.approve", cafe.slug, priya.id),
    ]


def test_an_application_that_lacks_everything_is_told_all_of_it(cafe: SafeHaven, priya: Account) -> None:
    with pytest.raises(NotReady) as told:
        life.sign_off(cafe, by=priya.id, on=TUESDAY)
    for words in (
        "first visit passed (plan a visit)",
        "staff trained (nobody",
        "agreement accepted (the venue has not",
    ):
        assert words in told.value.message
    assert cafe.status == "applied" and cafe.signoffs == []


@pytest.mark.parametrize("left_out", ["visit", "training", "agreement"])
def test_nothing_makes_up_for_one_thing_that_is_missing(cafe: SafeHaven, priya: Account, left_out: str) -> None:
    if left_out == "visit":
        visited(cafe, priya, passed=False)
    else:
        visited(cafe, priya)
    if left_out == "training":
        trained(cafe, date(2025, 11, 16))  # a year and a day ago
    else:
        trained(cafe)
    if left_out != "agreement":
        agreed(cafe)
    with pytest.raises(NotReady) as told:
        life.sign_off(cafe, by=priya.id, on=TUESDAY)
    assert told.value.message.count(";") == 0  # one thing only


def test_two_must_say_yes_where_the_council_asks_for_two(
    app: Flask, cafe: SafeHaven, priya: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = replace(runtime().settings, havens=replace(runtime().settings.havens, second_approver=True))
    monkeypatch.setitem(app.extensions, "community", replace(runtime(), settings=two))
    ready(cafe, priya)
    assert life.sign_off(cafe, by=priya.id, on=TUESDAY) is False
    assert (cafe.status, names_listed(TUESDAY)) == ("applied", [])
    with pytest.raises(NotNow, match="Somebody else"):
        life.sign_off(cafe, by=priya.id, on=TUESDAY)
    colleague = officer(app, "coordinator", email="colleague@council.example")
    assert life.sign_off(cafe, by=colleague.id, on=WEDNESDAY) is True
    assert events(cafe)[-2:] == [("signed_off", TUESDAY), ("approved", WEDNESDAY)]


def test_a_refusal_needs_a_reason_and_ends_the_application(cafe: SafeHaven, priya: Account) -> None:
    with pytest.raises(NotNow, match="Write why"):
        life.refuse(cafe, "  ", on=TUESDAY)
    life.refuse(cafe, "Only one member of staff in the evening.", on=TUESDAY)
    assert (cafe.status, cafe.closed_on) == ("refused", TUESDAY)
    with pytest.raises(NotNow, match="Only an application"):
        life.sign_off(cafe, by=priya.id, on=TUESDAY)
    assert trail()[-1][0] == "haven.refuse"


def test_a_failed_visit_takes_a_venue_off_the_list_until_somebody_is_trained_again(priya: Account) -> None:
    haven = ListedFactory(trained_on=date(2026, 7, 1))
    haven.trainings.append(HavenTraining(course="1", finished_on=date(2026, 7, 1)))
    assert len(names_listed(MONDAY)) == 1
    visited(haven, priya, passed=False, kind="mystery")
    assert (haven.status, haven.suspended_because, names_listed(MONDAY)) == ("suspended", "failed_visit", [])
    assert events(haven)[-2:] == [("visit_failed", MONDAY), ("suspended", MONDAY)]
    with pytest.raises(NotReady, match="training since the failed visit"):
        life.resume(haven, on=TUESDAY)
    trained(haven, TUESDAY)
    life.resume(haven, on=TUESDAY)
    assert (haven.status, haven.suspended_because, len(names_listed(TUESDAY))) == ("approved", None, 1)


def test_training_of_the_same_day_counts_only_after_the_visit_that_failed(priya: Account) -> None:
    haven = ListedFactory()
    trained(haven, MONDAY)
    visited(haven, priya, passed=False, kind="mystery")
    with pytest.raises(NotReady, match="training since the failed visit"):
        life.resume(haven, on=MONDAY)
    trained(haven, MONDAY)
    life.resume(haven, on=MONDAY)
    assert haven.status == "approved"


@pytest.mark.parametrize("reason", ["danger_report", "asked"])
def test_a_report_of_danger_that_nobody_has_looked_at_keeps_a_venue_off_the_list(priya: Account, reason: str) -> None:
    haven, other = ListedFactory(), ListedFactory()
    life.suspend(haven, reason, on=MONDAY)
    for reported in (haven, haven, other):
        problems.report(reported.id, "danger", MONDAY)
    problems.report(haven.id, "shut", MONDAY)
    with pytest.raises(NotReady, match="2 reports by visitors who were not safe there"):
        life.resume(haven, on=TUESDAY)
    problems.looked(haven, Seen("danger", MONDAY, 2), "nothing", on=TUESDAY)
    problems.report(haven.id, "danger", MONDAY)
    with pytest.raises(NotReady, match="a report by a visitor"):
        life.resume(haven, on=TUESDAY)
    problems.looked(haven, Seen("danger", MONDAY, 3), "put_right", on=TUESDAY)
    life.resume(haven, on=TUESDAY)
    assert haven.status == "approved"


def test_a_visit_that_is_planned_closes_the_reports_it_is_for_and_no_others(priya: Account) -> None:
    haven = ListedFactory()
    problems.report(haven.id, "danger", MONDAY)
    seen = Seen("danger", MONDAY, 1)
    with pytest.raises(NotNow):
        visiting.plan(haven, "yearly", MONDAY, today=TUESDAY, because=seen)
    assert problems.still_new(haven, seen) == 1
    problems.report(haven.id, "danger", MONDAY)
    visiting.plan(haven, "announced", WEDNESDAY, today=TUESDAY, because=seen)
    visiting.plan(haven, "announced", WEDNESDAY, today=TUESDAY, because=seen)  # a colleague, from the same old page
    assert problems.still_new(haven, seen) == 0 and problems.still_new(haven, Seen("danger", MONDAY, 2)) == 1


def test_a_venue_suspended_for_another_reason_is_listed_again_when_somebody_says_so(priya: Account) -> None:
    haven = ListedFactory()
    with pytest.raises(NotNow, match="Choose why"):
        life.suspend(haven, "because", on=MONDAY)
    life.suspend(haven, "danger_report", on=MONDAY)
    assert names_listed(MONDAY) == []
    with pytest.raises(NotNow, match="Only an approved"):
        life.suspend(haven, "asked", on=MONDAY)
    life.resume(haven, on=TUESDAY)
    assert events(haven) == [("suspended", MONDAY), ("resumed", TUESDAY)]


def test_a_visit_with_a_line_left_open_is_not_passed(cafe: SafeHaven, priya: Account) -> None:
    visit = visiting.plan(cafe, "first", TUESDAY, today=MONDAY)
    ticked = [line for line in FIRST_LINES if line not in ("phone_at_hand", FIRST_LINES[0])]
    with pytest.raises(NotNow, match="There is a phone that works") as told:
        visiting.record(visit, cafe, ticked=ticked, result="passed", note="", by=priya.id, on=TUESDAY)
    assert CHECKLIST[FIRST_LINES[0]] in told.value.message  # every line is named
    with pytest.raises(NotNow, match="All is ticked, and it is failed"):
        visiting.record(visit, cafe, ticked=FIRST_LINES, result="failed", note=" ", by=priya.id, on=TUESDAY)
    visiting.record(visit, cafe, ticked=FIRST_LINES, result="passed", note="Kind.", by=priya.id, on=TUESDAY)
    with pytest.raises(NotNow, match="recorded already"):
        visiting.record(visit, cafe, ticked=(), result="failed", note="", by=priya.id, on=TUESDAY)
    assert (visit.result, visit.made_by, cafe.checked_on) == ("passed", priya.id, TUESDAY)


def test_a_visit_planned_again_is_moved(cafe: SafeHaven) -> None:
    visiting.plan(cafe, "first", TUESDAY, today=MONDAY)
    visiting.plan(cafe, "first", WEDNESDAY, today=MONDAY)
    assert [visit.planned_on for visit in cafe.visits] == [WEDNESDAY]
    for kind, day, words in (("mystery", TUESDAY, "what kind"), ("first", date(2026, 11, 15), "over"),
                             ("first", date(2029, 1, 1), "year")):  # fmt: skip
        with pytest.raises(NotNow, match=words):
            visiting.plan(cafe, kind, day, today=MONDAY)


def test_hours_a_venue_proposed_are_published_or_not(priya: Account) -> None:
    haven = ListedFactory(opening="Mo-Fr 09:00-17:00", opening_proposed="Mo-Fr 09:00-10:00")
    life.decline_hours(haven)
    assert (haven.opening, haven.opening_proposed) == ("Mo-Fr 09:00-17:00", None)
    with pytest.raises(NotNow, match="No hours wait"):
        life.accept_hours(haven, on=TUESDAY)
    haven.opening_proposed = "Mo-Fr 09:00-10:00"
    life.accept_hours(haven, on=TUESDAY)
    assert (haven.opening, events(haven)) == ("Mo-Fr 09:00-10:00", [("hours_changed", TUESDAY)])


def test_letters_leave_with_the_commit_and_say_what_happened(
    cafe: SafeHaven, priya: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    ready(cafe, priya)
    assert capsys.readouterr().err == ""
    life.sign_off(cafe, by=priya.id, on=TUESDAY)
    db.session.commit()
    told = capsys.readouterr().err
    assert "we visit you on 16 November 2026" in told and "is a Safe Haven" in told
    assert told.count("--- email to person@venue.example") == 2
    visiting.plan(cafe, "mystery", WEDNESDAY, today=TUESDAY)
    db.session.commit()
    assert capsys.readouterr().err == ""  # of a mystery visit nobody is told


def test_a_new_team_code_shuts_out_the_old_one(cafe: SafeHaven) -> None:
    before = cafe.team_hash
    life.new_team_code(cafe)
    assert cafe.team_hash not in (None, before)
    life.refuse(cafe, "No.", on=TUESDAY)
    with pytest.raises(NotNow, match="not in the scheme"):
        life.new_team_code(cafe)

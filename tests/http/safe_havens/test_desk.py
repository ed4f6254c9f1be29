"""The Safe Havens desk: what waits, visits on a phone, approval, suspension, hours, reports; who looks and who acts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from community.extensions import db
from community.safe_havens.kinds import CHECKLIST
from community.safe_havens.models import (
    HavenEvent,
    HavenFeedback,
    HavenProblem,
    HavenTraining,
    HavenUse,
    HavenVisit,
    SafeHaven,
)
from community.shared.clock import london_today
from community.staff.models import AuditEntry
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory
from tests.rig.client import Client
from tests.rig.staff import client_of

DESK = "/staff/havens"


@pytest.fixture
def priya(app: Flask, db_session: object) -> Client:
    """A coordinator."""
    return client_of(app, "coordinator")


@pytest.fixture
def viewer(app: Flask, db_session: object) -> Client:
    """Somebody who may look."""
    return client_of(app, "viewer")


def ago(days: int) -> date:
    return london_today() - timedelta(days=days)


def applied(**facts: object) -> SafeHaven:
    haven: SafeHaven = AppliedFactory(name="Ayesha's cafe", slug="ayeshas-cafe", applied_on=ago(5), **facts)
    ContactFactory(haven_id=haven.id, name="Ayesha Khan", email="ayesha@cafe.example")
    return haven


def listed(**facts: object) -> SafeHaven:
    given = {"slug": "open-door", "name": "Open Door", "checked_on": ago(30), "trained_on": ago(30), **facts}
    haven: SafeHaven = ListedFactory(**given)
    return haven


def trained_and_agreed(haven: SafeHaven) -> None:
    haven.trainings.append(HavenTraining(course="1", finished_on=ago(1)))
    haven.trained_on, haven.agreement, haven.agreed_on = ago(1), "1", ago(1)


def status(slug: str) -> str:
    return db.session.scalars(select(SafeHaven.status).where(SafeHaven.slug == slug)).one()


def test_an_application_is_visited_trained_approved_and_then_listed(priya: Client, client: Client) -> None:
    haven = applied()
    page = priya.get(f"{DESK}/venues/ayeshas-cafe")
    refused = priya.press(page, "Approve")
    assert refused.status_code == 422 and "first visit passed (plan a visit)" in refused.page.text
    plan = priya.follow(page, "Plan a visit")
    assert priya.press(plan, "Plan it", {"day": "soon"}).status_code == 422
    planned = priya.press(plan, "Plan it", {"day": london_today().isoformat()})
    page = priya.get(planned.headers["Location"])
    assert "The visit is planned" in page.page.text
    checklist = priya.follow(page, "Fill in the checklist")
    lines = [key for key in CHECKLIST if key != "sticker_shown"]
    half = priya.press(checklist, "Record the visit", {"line": lines[:3], "result": "Passed"})
    assert half.status_code == 422 and "not passed. Left open" in half.page.text
    assert priya.press(half, "Record the visit", {"line": lines, "result": "Passed"}).status_code == 303
    trained_and_agreed(haven)
    page = priya.get(f"{DESK}/venues/ayeshas-cafe")
    done = priya.press(page, "Approve")
    page = priya.get(done.headers["Location"])
    assert "Approved. It is on the list" in page.page.text and status("ayeshas-cafe") == "approved"
    assert "Ayesha's cafe" in client.get("/safe-havens").page.text
    trail = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
    assert [action for action in trail if action.startswith("haven.")] == [
        "haven.plan-visit", "haven.visit", "haven.approve",
    ]  # fmt: skip


def test_one_at_work_is_said_and_needs_a_tick_that_is_kept_in_the_trail(priya: Client) -> None:
    haven = applied(least_staff=1, heard_from="venue")
    haven.visits.append(HavenVisit(kind="first", planned_on=ago(2), made_on=ago(2), result="passed", checklist=[]))
    trained_and_agreed(haven)
    page = priya.get(f"{DESK}/venues/ayeshas-cafe")
    assert "At times only 1 is at work. The scheme asks for two" in page.page.text
    refused = priya.press(page, "Approve")
    assert refused.status_code == 422 and "Tick that you know this" in refused.page.text
    assert status("ayeshas-cafe") == "applied"
    assert priya.press(refused, "Approve", {"few_staff": "yes"}).status_code == 303
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "haven.accept-few-staff")).one()
    assert entry.detail == '{"least_staff":"1"}' and entry.who is not None


def test_where_they_heard_of_it_is_shown_and_counted(priya: Client) -> None:
    applied(heard_from="venue")
    listed(heard_from="web")
    listed(slug="other", heard_from="web")
    listed(slug="silent")
    assert "Heard of it fromanother venue" in priya.get(f"{DESK}/venues/ayeshas-cafe").page.text
    assert "Heard of it fromnot said" in priya.get(f"{DESK}/venues/silent").page.text
    told = "How they heard of it: the council's website or news 2; another venue 1; not said 1."
    assert told in " ".join(priya.get(f"{DESK}/venues").page.text.split())


def test_the_history_is_by_day_whatever_was_written_first(priya: Client) -> None:
    haven = listed()
    for event, days in (("approved", 20), ("trained", 40), ("visit_passed", 20)):
        haven.events.append(HavenEvent(event=event, happened_on=ago(days)))
        db.session.flush()
    text = priya.get(f"{DESK}/venues/open-door").page.text
    assert text.index("Visit passed") < text.index(": Approved") < text.index("Somebody finished the training")


def test_a_refusal_is_told_in_the_words_that_were_written(priya: Client, capsys: pytest.CaptureFixture[str]) -> None:
    applied()
    page = priya.get(f"{DESK}/venues/ayeshas-cafe")
    assert "Write why" in priya.press(page, "Refuse", {"because": " "}).page.text
    priya.press(page, "Refuse", {"because": "One member of staff <b>alone</b>."})
    assert status("ayeshas-cafe") == "refused"
    assert "One member of staff <b>alone</b>." in capsys.readouterr().err
    shown = priya.get(f"{DESK}/venues/ayeshas-cafe")
    assert "One member of staff <b>alone</b>." in shown.page.text and "&lt;b&gt;" in shown.html


def test_a_second_form_of_the_same_venue_is_noticed_and_closed(priya: Client) -> None:
    listed(name="Ayesha's Café", address="1 Made Up Street", reference="SH-FIRST")
    applied()
    assert "It may be the same as Ayesha's Café, SH-FIRST" in priya.get(DESK).page.text
    priya.press(priya.get(f"{DESK}/venues/ayeshas-cafe"), "Close it: it is there twice")
    assert "We have a form of the same venue already: SH-FIRST." in priya.get(f"{DESK}/venues/ayeshas-cafe").page.text


def test_a_suspended_venue_is_off_the_public_list_and_comes_back(priya: Client, client: Client) -> None:
    listed()
    page = priya.get(f"{DESK}/venues/open-door")
    assert "Choose why" in priya.press(page, "Suspend").page.text
    priya.press(page, "Suspend", {"reason": "the venue asked for a pause"})
    assert "Open Door" not in client.get("/safe-havens").page.text
    priya.press(priya.get(f"{DESK}/venues/open-door"), "Put it on the list again")
    assert "Open Door" in client.get("/safe-havens").page.text


def test_a_report_is_looked_at_and_its_venue_suspended_only_if_somebody_says_so(
    priya: Client, viewer: Client, client: Client
) -> None:
    haven = listed()
    db.session.add(HavenProblem(haven_id=haven.id, problem="danger", reported_on=ago(2), n=3))
    db.session.add(HavenProblem(haven_id=haven.id, problem="shut", reported_on=ago(0), n=1))
    assert "Open Door" in client.get("/safe-havens").page.text
    home = priya.get("/staff").page.text
    assert "“I was not safe there”: reported at Open Door. Look today." in home and "1 report older than 24" in home
    page = priya.get(DESK)
    text = page.page.text
    assert text.index("Danger") < text.index("It was shut") and "Older than 24 hours" in text
    assert "Nothing was wrong" not in viewer.get(DESK).page.text
    token = next(f.get("value") for f in page.page.all("input") if f.get("name") == "csrf_token")
    answer = priya.post(
        f"{DESK}/venues/open-door/reports",
        data={"csrf_token": token, "problem": "danger", "reported": ago(2).isoformat(), "n": "3", "found": "suspended"},
    )
    assert answer.status_code == 303 and status("open-door") == "suspended"
    assert "Open Door" not in client.get("/safe-havens").page.text
    twice = priya.post(
        f"{DESK}/venues/open-door/reports",
        data={"csrf_token": token, "problem": "danger", "reported": ago(2).isoformat(), "n": "3", "found": "nothing"},
    )
    assert twice.status_code == 422


def test_a_report_waits_until_the_visit_it_asks_for_is_planned(priya: Client) -> None:
    haven = listed()
    db.session.add(HavenProblem(haven_id=haven.id, problem="danger", reported_on=ago(0), n=1))
    pressed = priya.press(priya.get(DESK), "Plan a visit: Open Door")
    plan = priya.get(pressed.headers["Location"])
    assert "“I was not safe there”. The report waits until you plan the visit." in plan.page.text
    assert "Plan a visit: Open Door" in priya.get(DESK).page.text  # only an empty form was opened
    wrong = priya.press(plan, "Plan it", {"kind": "Announced visit", "day": "soon"})
    assert wrong.status_code == 422 and db.session.query(HavenProblem).one().outcome is None
    assert priya.press(wrong, "Plan it", {"day": london_today().isoformat()}).status_code == 303
    assert "Nothing waits to be looked at." in priya.get(DESK).page.text
    assert db.session.query(HavenProblem).one().outcome == "visit"


def test_a_report_that_comes_while_the_page_is_open_stays_new(priya: Client) -> None:
    haven = listed()
    db.session.add(HavenProblem(haven_id=haven.id, problem="danger", reported_on=ago(0), n=1))
    page = priya.get(DESK)
    db.session.query(HavenProblem).one().n = 2
    assert priya.press(page, "Nothing was wrong: Open Door").status_code == 303
    assert "Nothing was wrong: Open Door" in priya.get(DESK).page.text
    assert db.session.query(HavenProblem).one().looked_n == 1
    again = priya.press(page, "Nothing was wrong: Open Door")
    assert again.status_code == 422 and "reports that wait" in again.page.text


@pytest.mark.parametrize("wrong", [{"n": ""}, {"n": "-1"}, {"n": "1e3"}, {"reported": "soon"}, {"problem": "x"}])
def test_a_report_that_is_not_named_closes_nothing(priya: Client, wrong: dict[str, str]) -> None:
    haven = listed()
    db.session.add(HavenProblem(haven_id=haven.id, problem="danger", reported_on=ago(0), n=1))
    page = priya.get(DESK)
    token = next(f.get("value") for f in page.page.all("input") if f.get("name") == "csrf_token")
    sent = {"csrf_token": token, "problem": "danger", "reported": ago(0).isoformat(), "n": "1", "found": "nothing"}
    assert priya.post(f"{DESK}/venues/open-door/reports", data=sent | wrong).status_code == 422
    assert db.session.query(HavenProblem).one().outcome is None
    assert priya.get(f"{DESK}/venues/open-door/plan", query_string=sent | wrong).status_code == 200


def test_hours_that_a_venue_proposed_are_looked_at(priya: Client, viewer: Client) -> None:
    listed(opening="Mo-Fr 09:00-17:00", opening_proposed="Mo-Fr 09:00-10:00")
    assert "Publish the new hours" not in viewer.get(f"{DESK}/venues/open-door").page.text
    page = priya.get(f"{DESK}/venues/open-door")
    assert "Monday to Friday: 9am to 10am" in page.page.text
    priya.press(page, "Publish the new hours")
    shown = priya.get(f"{DESK}/venues/open-door").page.text
    assert "9am to 10am" in shown and "9am to 5pm" not in shown


def test_only_those_who_may_see_contacts_see_them_and_only_coordinators_act(viewer: Client, priya: Client) -> None:
    applied()
    listed()
    seen = viewer.get(f"{DESK}/venues/ayeshas-cafe")
    assert "Ayesha Khan" not in seen.html and "ayesha@cafe.example" not in seen.html
    assert "Ayesha Khan" in priya.get(f"{DESK}/venues/ayeshas-cafe").page.text
    for slug in ("ayeshas-cafe", "open-door"):
        buttons = [b.text for b in viewer.get(f"{DESK}/venues/{slug}").page.all("button")]
        assert buttons == ["Sign out"]
    assert viewer.get(f"{DESK}/venues/open-door/staff-card").status_code == 403


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Ayesha's cafe", "Open Door", "Out of date", "Gone"}),
        ("?status=listed", {"Open Door"}),
        ("?status=hidden", {"Out of date"}),
        ("?status=applied", {"Ayesha's cafe"}),
        ("?status=left", {"Gone"}),
        ("?q=open+door", {"Open Door"}),
        ("?kind=cafe&status=x", {"Ayesha's cafe", "Open Door", "Gone"}),
        ("?kind=library", {"Out of date"}),
        ("?q=nothing+at+all", set()),
    ],
)
def test_venues_are_found_by_words_status_and_kind(viewer: Client, query: str, names: set[str]) -> None:
    applied()
    listed()
    listed(slug="old", name="Out of date", kind="library", trained_on=ago(366))
    listed(slug="gone", name="Gone", status="left", left_on=ago(3))
    page = viewer.get(f"{DESK}/venues{query}").page
    found = {link.text for link in page.all("a") if (link.get("href") or "").startswith(f"{DESK}/venues/")}
    assert found == names
    if not query:
        assert "Not shown: the training" in page.text


def test_what_runs_out_is_told_before_and_after(priya: Client) -> None:
    listed(slug="soon", name="Soon", checked_on=ago(330))
    listed(slug="over", name="Over", trained_on=ago(400))
    listed(slug="fine", name="Fine")
    text = priya.get(DESK).page.text
    assert "Soon: the yearly check, on" in text and "Over: the training, since" in text and "Fine" not in text
    assert "1 venue off the list: something ran out." in priya.get("/staff").page.text


def test_use_and_feedback_are_totals_by_month(viewer: Client) -> None:
    haven = listed()
    db.session.flush()
    base = {"haven_id": haven.id, "daypart": "19-21", "outcome": "met", "who": "child"}
    db.session.add(HavenUse(used_on=ago(0), help="phone", n=2, **base))
    db.session.add(HavenUse(used_on=ago(0), help="directions", n=1, **base))
    db.session.add(HavenFeedback(haven_id=haven.id, said_on=ago(0), said="helped", n=4))
    db.session.add(HavenUse(used_on=ago(800), help="phone", n=9, **base))
    (table,) = viewer.get(f"{DESK}/venues/open-door").page.all("table")
    assert [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")][1:] == [
        [f"{london_today():%B %Y}", "3", "Yes, they helped: 4"]
    ]


def test_a_new_code_behind_the_counter_is_on_the_card(priya: Client) -> None:
    haven = listed()
    ContactFactory(haven_id=haven.id)
    priya.press(priya.get(f"{DESK}/venues/open-door"), "Make a new code")
    first = priya.get(f"{DESK}/venues/open-door/staff-card").page.text
    priya.press(priya.get(f"{DESK}/venues/open-door"), "Make a new code")
    assert priya.get(f"{DESK}/venues/open-door/staff-card").page.text != first


def test_what_is_not_there_is_not_found(priya: Client) -> None:
    applied()
    for address in ("venues/nowhere", "venues/ayeshas-cafe/visits/999", "venues/ayeshas-cafe/sticker", "prospects/999"):
        assert priya.get(f"{DESK}/{address}").status_code == 404, address

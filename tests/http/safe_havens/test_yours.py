"""A venue's own page by its private link: where it stands, what it changes, its yearly check, leaving."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.safe_havens.models import HavenException, HavenProblem, HavenVisit, SafeHaven
from community.safe_havens.service import links, readiness, renewing, team_codes, visiting
from community.shared.clock import LONDON, london_today
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory
from tests.rig.client import Client
from tests.rig.staff import officer

TODAY = london_today()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Nobody's day ends in the middle of a test."""
    with time_machine.travel(datetime.combine(TODAY, time(12), tzinfo=LONDON)):
        yield


@pytest.fixture
def listed(db_session: scoped_session[Session], app: Flask) -> SafeHaven:
    """A venue on the list whose check runs out in a month; Priya looks after it."""
    officer(app, "coordinator", email="priya@council.example")
    checked = TODAY - timedelta(days=335)
    haven = ListedFactory(name="Corner cafe", checked_on=checked, trained_on=TODAY, approved_on=checked)
    ContactFactory(haven_id=haven.id, email="Ayesha@cafe.example")
    db.session.commit()
    db.session.refresh(haven)
    return haven


@pytest.fixture
def at(listed: SafeHaven) -> str:
    """The address of its page."""
    address = f"/safe-havens/yours/{links.new_link(listed, 'ayesha@cafe.example')}"
    db.session.commit()
    return address


def link_of(haven: SafeHaven) -> str:
    """A link for somebody who speaks for it."""
    ContactFactory(haven_id=haven.id)
    db.session.refresh(haven)
    return links.new_link(haven, "person@venue.example")


def events(haven: SafeHaven) -> list[str]:
    db.session.refresh(haven)
    return [event.event for event in haven.events]


def test_a_new_link_is_sent_to_those_we_know_and_the_page_tells_nobody_which(
    client: Client, listed: SafeHaven, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {}
    for email in ("ayesha@CAFE.example", "nobody@cafe.example"):
        page = client.press(client.get("/safe-havens/yours"), "Send the link", {"email": email})
        pages[email] = (page.status_code, page.html.replace(email, "..."))
    assert len(set(pages.values())) == 1
    sent = capsys.readouterr().err
    assert sent.count("--- email to") == 1 and "--- email to Ayesha@cafe.example" in sent
    path = re.findall(r"https://voice\.example(/safe-havens/yours/\S+)", sent)[0]
    page = client.get(path)
    assert page.page.h1 == "Corner cafe"
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"


def test_letters_to_one_address_come_two_at_once_and_no_more(
    client: Client, listed: SafeHaven, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        page = client.press(client.get("/safe-havens/yours"), "Send the link", {"email": "ayesha@cafe.example"})
        assert page.page.h1 == "Look at your email"
    assert capsys.readouterr().err.count("--- email to") == 2


@pytest.mark.parametrize("end", ["", "/agreement", "/check", "/details", "/people", "/hours", "/days", "/leave"])
@pytest.mark.parametrize("token", ["x", "a" * 32, "a" * 3_000])
def test_a_link_that_is_none_opens_nothing(client: Client, end: str, token: str) -> None:
    page = client.get(f"/safe-havens/yours/{token}{end}")
    assert (page.status_code, page.page.h1) == (404, "This link has ended")
    assert client.post(f"/safe-havens/yours/{token}{end or '/code'}").status_code == 404


def test_a_draft_s_link_and_an_old_one_open_no_venue(client: Client, listed: SafeHaven) -> None:
    old = links.new_link(listed, "ayesha@cafe.example", on=TODAY - timedelta(days=31))
    assert client.get(f"/safe-havens/yours/{old}").status_code == 404


def test_another_venues_link_changes_only_its_own(client: Client, listed: SafeHaven, at: str) -> None:
    other = AppliedFactory(name="Noise")
    address = f"/safe-havens/yours/{link_of(other)}"
    client.press(client.get(address + "/leave"), "Leave now")
    db.session.refresh(listed)
    assert (listed.status, db.session.get_one(SafeHaven, other.id).status) == ("approved", "left")


def test_an_applicant_sees_what_is_still_to_come_and_accepts_the_agreement(client: Client, app: Flask) -> None:
    with app.app_context():
        haven = AppliedFactory(name="Corner cafe")
        address = f"/safe-havens/yours/{link_of(haven)}"
        page = client.get(address)
        assert "plan a visit" in page.page.text and haven.reference in page.page.text
        page = client.follow(page, "Read and accept the agreement")
        wrong = client.press(page, "Accept")
        assert wrong.status_code == 422 and "Tick the box" in wrong.page.text
        after = client.press(page, "Accept", {"agree": "yes"})
        assert after.status_code == 303
        again = client.press(page, "Accept", {"agree": "yes"})
        assert again.status_code == 303
        assert "You have accepted the agreement" in client.get(after.headers["Location"]).page.text
        assert (haven.agreement, haven.agreed_on) == (renewing.current_version(), TODAY)
        assert events(haven) == ["agreed"]


def test_a_version_that_is_not_the_one_of_today_is_not_accepted(client: Client, listed: SafeHaven, at: str) -> None:
    answer = client.post(f"{at}/agreement", data={"agree": "yes", "version": "0"})
    assert answer.status_code == 409 and "read it again" in answer.page.text
    assert events(listed) == []


def test_sane_hours_are_on_the_list_at_once(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = client.get(f"{at}/hours")
    assert page.page.by_id("Mo_from").get("value") == "9am"
    after = client.press(page, "Save", {"Mo_to": "7pm", "holidays": "shut"})
    assert "Your opening hours are changed" in client.get(after.headers["Location"]).page.text
    db.session.refresh(listed)
    assert listed.opening == "Mo-Su 09:00-19:00; PH off" and listed.opening_proposed is None
    assert events(listed) == ["hours_changed"]
    assert "Every day: 9am to 7pm" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("filled", "opening"),
    [
        ({"Mo_from": "", "Mo_to": "", "Mo_shut": "yes", "holidays": "usual"}, "Mo-Su off"),
        ({"Mo_from": "9am", "Mo_to": "10am", "holidays": "usual"}, "Mo-Su 09:00-10:00"),
        ({"Mo_from": "0:00", "Mo_to": "24:00", "holidays": "usual"}, "Mo-Su 00:00-24:00"),
    ],
)
def test_strange_hours_wait_for_a_coordinator(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str], filled: dict[str, str], opening: str
) -> None:
    for _ in range(2):
        after = client.press(client.get(f"{at}/hours"), "Save", filled)
    assert "a person looks first" in client.get(after.headers["Location"]).page.text
    db.session.refresh(listed)
    assert (listed.opening, listed.opening_proposed) == ("Mo-Su 09:00-17:00", opening)
    assert events(listed) == ["hours_proposed"], "sent twice it waits once"
    sent = capsys.readouterr().err
    assert sent.count("priya@council.example: New opening hours") == 1


def test_other_rows_are_shown_for_days_that_differ(client: Client, at: str) -> None:
    page = client.press(client.get(f"{at}/hours"), "Show these days", {"pattern": "each_day"})
    assert {f"{day}_from" for day in ("Mo", "Tu", "Su")} <= {i.get("name") for i in page.page.all("input")}
    wrong = client.press(page, "Save", {"Tu_from": "late", "Tu_to": "5pm", "holidays": "shut"})
    assert wrong.status_code == 422 and "Tuesday: enter when you open" in wrong.page.text


def test_single_days_are_added_and_removed_and_past_ones_stay(client: Client, listed: SafeHaven, at: str) -> None:
    past = TODAY - timedelta(days=3)
    listed.exceptions.append(HavenException(on_day=past, opening="off"))
    soon = TODAY + timedelta(days=10)
    day = {"day-day": str(soon.day), "day-month": str(soon.month), "day-year": str(soon.year)}
    client.press(client.get(f"{at}/days"), "Add this day", {**day, "day_from": "10", "day_to": "2pm"})
    db.session.refresh(listed)
    assert [(e.on_day, e.opening) for e in listed.exceptions] == [(past, "off"), (soon, "10:00-14:00")]
    client.press(client.get(f"{at}/days"), "Remove")
    db.session.refresh(listed)
    assert [e.on_day for e in listed.exceptions] == [past]


def test_a_single_day_that_is_quite_different_is_told_to_the_venue_and_the_coordinators_once(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for ahead, until in ((10, "2pm"), (11, "4am"), (11, "4am"), (12, "3pm")):
        soon = TODAY + timedelta(days=ahead)
        day = {"day-day": str(soon.day), "day-month": str(soon.month), "day-year": str(soon.year)}
        client.press(client.get(f"{at}/days"), "Add this day", {**day, "day_from": "10am", "day_to": until})
    sent = re.findall(r"--- email to (\S+): (.*)", capsys.readouterr().err)
    assert sent == [("Ayesha@cafe.example", "Corner cafe: single days with other hours"),
                    ("priya@council.example", "Corner cafe: single days to look at")]  # fmt: skip
    lost = client.press(client.get(f"{at}/days"), "Add this day", {"day_from": "10am", "day_to": "2pm"})
    assert lost.status_code == 422 and "Enter the day." in lost.page.text


def test_details_are_changed(client: Client, listed: SafeHaven, at: str) -> None:
    page = client.get(f"{at}/details")
    assert client.press(page, "Save", {"least_staff": "none"}).status_code == 422
    client.press(page, "Save", {"least_staff": "3", "facilities": ["water"], "others": "pashto", "consent": "no"})
    db.session.refresh(listed)
    assert (listed.least_staff, listed.offers, listed.consents) == (3, ["water"], False)
    assert listed.languages == ["English", "Pashto"]
    assert events(listed) == ["details_changed"]
    client.press(client.get(f"{at}/details"), "Save")
    assert events(listed) == ["details_changed"], "nothing changed, nothing to tell"


def test_people_are_changed_and_a_deputy_taken_off(client: Client, listed: SafeHaven, at: str) -> None:
    page = client.get(f"{at}/people")
    new = {"name": "Sam", "email": "sam@cafe.example", "deputy_name": "Jo", "deputy_email": "jo@cafe.example"}
    wrong = client.press(page, "Save", {**new, "deputy_email": "SAM@cafe.example"})
    assert wrong.status_code == 422 and "Enter another address" in wrong.page.text
    client.press(page, "Save", new)
    db.session.refresh(listed)
    assert [(c.role, c.name) for c in listed.contacts] == [("contact", "Sam"), ("deputy", "Jo")]
    at = f"/safe-havens/yours/{links.new_link(listed, 'sam@cafe.example')}"
    client.press(client.get(f"{at}/people"), "Save", {"deputy_name": "", "deputy_email": ""})
    db.session.refresh(listed)
    assert [(c.role, c.name) for c in listed.contacts] == [("contact", "Sam")]


def test_other_people_get_links_of_their_own_and_those_before_are_told(
    client: Client, listed: SafeHaven, capsys: pytest.CaptureFixture[str]
) -> None:
    ContactFactory(haven_id=listed.id, role="deputy", name="Jo", email="jo@cafe.example")
    db.session.refresh(listed)
    client.press(client.get("/safe-havens/yours"), "Send the link", {"email": "jo@cafe.example"})
    sent = capsys.readouterr().err
    assert sent.count("--- email to") == 1, "a link goes to whoever asked, and is theirs alone"
    jo = re.findall(r"https://voice\.example(/safe-havens/yours/\S+)", sent)[0]
    old = [jo, *(f"/safe-havens/yours/{links.new_link(listed, 'Ayesha@cafe.example')}" for _ in range(2))]
    new = {"name": "Sam", "email": "sam@cafe.example", "deputy_name": "", "deputy_email": ""}
    page = client.press(client.get(f"{old[1]}/people"), "Save", new)
    assert page.page.h1 == "Other people speak for Corner cafe now"
    for address in old:
        for end in ("", "/people"):
            assert client.get(address + end).status_code == 404
    sent = capsys.readouterr().err
    told = dict(re.findall(r"--- email to (\S+): (.*)", sent))
    assert told == {
        "sam@cafe.example": "Corner cafe: who speaks for it was changed",
        "Ayesha@cafe.example": "Corner cafe: you no longer speak for it",
        "jo@cafe.example": "Corner cafe: you no longer speak for it",
        "priya@council.example": "Corner cafe: other people speak for it now",
    }
    own = re.findall(r"https://voice\.example(/safe-havens/yours/\S+)", sent)
    assert len(own) == 1 and client.get(own[0]).page.h1 == "Corner cafe"


def test_whoever_stays_goes_on_with_the_link_at_hand_and_a_double_tap_is_one_change(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = f"/safe-havens/yours/{links.new_link(listed, 'ayesha@cafe.example')}"
    page = client.get(f"{at}/people")
    for _ in range(2):
        after = client.press(page, "Save", {"deputy_name": "Jo", "deputy_email": "jo@cafe.example"})
        assert client.get(after.headers["Location"]).status_code == 200
    assert client.get(other).status_code == 404 and events(listed) == ["details_changed"]
    sent = capsys.readouterr().err
    assert sent.count("--- email to") == 3 and len(set(re.findall(r"/yours/(\S+)", sent))) == 2


def test_a_link_opens_nothing_once_its_address_is_off_however_that_came(
    client: Client, listed: SafeHaven, at: str
) -> None:
    listed.contacts[0].email = "other@cafe.example"
    db.session.commit()
    assert client.get(at).status_code == 404


def test_strangers_are_not_written_to_again_and_again_through_a_venues_people(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for email in ("victim@x.example", "") * 4:
        client.press(client.get(f"{at}/people"), "Save", {"deputy_name": "V" * bool(email), "deputy_email": email})
    assert capsys.readouterr().err.count("victim@x.example: Corner cafe: who speaks") == 2


def test_the_yearly_check_by_link_counts(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = client.follow(client.get(at), "Do your yearly check")
    assert client.press(page, "Confirm").status_code == 422
    for _ in range(2):
        after = client.press(page, "Confirm", {"right": "yes"})
        assert "Your yearly check is done" in client.get(after.headers["Location"]).page.text
    db.session.refresh(listed)
    assert listed.checked_on == TODAY and events(listed) == ["renewed"]
    assert capsys.readouterr().err.count("all is confirmed") == 1
    assert "Do your yearly check" not in client.get(at).page.text


@pytest.mark.parametrize("why", ["report", "failed", "unseen", "suspended"])
def test_the_check_waits_for_a_visit_when_something_calls_for_one(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str], why: str
) -> None:
    before = listed.checked_on
    if why == "report":
        db.session.add(HavenProblem(haven_id=listed.id, problem="shut", reported_on=TODAY, n=1))
    elif why == "failed":
        visit = HavenVisit(kind="mystery", planned_on=TODAY, made_on=TODAY, result="failed", checklist=[])
        listed.visits.append(visit)
    elif why == "unseen":
        listed.approved_on = TODAY - timedelta(days=731)
    else:
        listed.status, listed.suspended_because = "suspended", "other"
    after = client.press(client.get(f"{at}/check"), "Confirm", {"right": "yes"})
    assert "We will visit you" in client.get(after.headers["Location"]).page.text
    db.session.refresh(listed)
    assert listed.checked_on == before and events(listed) == ["renewed"]
    assert "priya@council.example: Corner cafe: the yearly check needs a visit" in capsys.readouterr().err


def test_a_report_that_was_looked_at_is_no_reason(client: Client, listed: SafeHaven, at: str) -> None:
    db.session.add(
        HavenProblem(
            haven_id=listed.id, problem="shut", reported_on=TODAY, n=1, looked_n=1, outcome="nothing", looked_on=TODAY
        )
    )
    client.press(client.get(f"{at}/check"), "Confirm", {"right": "yes"})
    db.session.refresh(listed)
    assert listed.checked_on == TODAY


def test_the_check_is_not_open_long_before(client: Client, listed: SafeHaven, at: str) -> None:
    listed.checked_on = TODAY - timedelta(days=100)
    assert "not due yet" in client.get(f"{at}/check").page.text
    answer = client.post(f"{at}/check", data={"right": "yes"})
    assert answer.status_code == 409 and events(listed) == []


def test_a_new_code_ends_the_old_one(client: Client, listed: SafeHaven, at: str) -> None:
    old = team_codes.printed(listed)
    page = client.get(at)
    assert old in page.page.text
    client.press(page, "Make a new code")
    assert team_codes.haven_of(old) is None
    assert old not in client.get(at).page.text


def test_leaving_is_one_step_and_twice_is_as_once(
    client: Client, listed: SafeHaven, at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = client.follow(client.get(at), "Leave")
    for _ in range(2):
        after = client.press(page, "Leave now")
    left = client.get(after.headers["Location"])
    assert "You have left the scheme" in left.page.text and "Make a new code" not in left.page.text
    db.session.refresh(listed)
    assert (listed.status, listed.left_on, listed.closed_on) == ("left", TODAY, TODAY)
    assert events(listed) == ["left"]
    sent = capsys.readouterr().err
    assert sent.count("has left the scheme") == 2, "one letter to the venue, one to the coordinator"
    for end in ("details", "people", "hours", "days", "agreement", "check"):
        shown = client.get(f"{at}/{end}")
        assert shown.status_code == 409 and "cafe.example" not in shown.html, end
        answer = client.post(f"{at}/{end}", data={"pattern": "always", "holidays": "usual", "least_staff": "1",
                             "languages": "English", "consent": "yes"})  # fmt: skip
        assert answer.status_code == 409, end


def test_another_sites_page_changes_nothing(client: Client, listed: SafeHaven, at: str) -> None:
    client.surprises = True
    answer = client.post(f"{at}/leave", headers={"Sec-Fetch-Site": "cross-site"})
    db.session.refresh(listed)
    assert (answer.status_code, listed.status) == (403, "approved")


@pytest.mark.parametrize("status", ["applied", "refused", "suspended", "lapsed"])
def test_every_standing_is_told(client: Client, app: Flask, status: str) -> None:
    with app.app_context():
        haven = ListedFactory(checked_on=TODAY, trained_on=TODAY - timedelta(days=400 if status == "lapsed" else 0))
        if status == "refused":
            haven.refused_because, haven.closed_on = "No <staff>", TODAY
        if status == "suspended":
            haven.suspended_because = "failed_visit"
        haven.status = {"lapsed": "approved"}.get(status, status)
        page = client.get(f"/safe-havens/yours/{link_of(haven)}")
        words = {
            "applied": "We have your form", "refused": "No <staff>", "suspended": "a visit was failed",
            "lapsed": "The training is out of date",
        }  # fmt: skip
        assert words[status] in page.page.text


@pytest.mark.parametrize("was", ["approved", "applied"])
def test_after_a_failed_visit_letter_and_page_say_the_same(
    client: Client, app: Flask, capsys: pytest.CaptureFixture[str], was: str
) -> None:
    with app.app_context():
        by = officer(app, "coordinator").id
        haven = ListedFactory(name="Corner cafe", status=was)
        at = f"/safe-havens/yours/{link_of(haven)}"
        visit = visiting.plan(haven, "first" if was == "applied" else "mystery", TODAY, today=TODAY)
        ticked = set(visiting.lines(visit)) - {"staff_know", "sticker_shown"}
        visiting.record(visit, haven, ticked=ticked, result="failed", note="", by=by, on=TODAY)
        db.session.commit()
        wrong = readiness.failed_lines(haven)
        assert wrong == [words for key, words in visiting.lines(visit).items() if key not in ticked]
        page, sent = client.get(at).page.text, capsys.readouterr().err.split("--- email to")[-1]
        for words in wrong:
            assert words in page and f"- {words}" in sent
        assert "what our visit found, and what to do" in sent and "first visit)" not in sent + page
        assert "we plan another visit" in page and "We will be in touch" not in page + sent

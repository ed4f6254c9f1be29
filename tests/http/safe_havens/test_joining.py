"""A venue applies: screen after screen, back and forth, saved and gone on with, sent once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from community.config import Havens
from community.extensions import db
from community.places.service.facts import load_facts
from community.safe_havens.models import HavenDraft, HavenEvent, SafeHaven
from community.safe_havens.service import applying, team_codes
from community.shared.clock import london_now, london_today
from tests.http.safe_havens.applicant import ANSWERS, CHECK, go_on, reference, send, walk
from tests.rig.client import Client
from tests.rig.forms import press
from tests.rig.staff import officer

OWNER = {"name": "Owner", "email": "owner@cafe.example"}


@pytest.fixture(autouse=True)
def places(db_session: scoped_session[Session]) -> None:
    load_facts()
    db.session.commit()


def stored() -> SafeHaven:
    return db.session.scalars(select(SafeHaven)).one()


def test_five_minutes_at_the_counter(client: Client, capsys: pytest.CaptureFixture[str], app: Flask) -> None:
    officer(app, "coordinator", email="priya@council.example")
    seen = []
    page = client.press(client.get("/safe-havens/register"), "Start now")
    while page.page.h1 != CHECK:
        seen.append(page.page.h1)
        page = go_on(client, page, ANSWERS[page.page.h1])
    assert seen == list(ANSWERS)
    for words in ("Ayesha's Cafe", "Monday to Friday: 8am to 6pm", "Saturday: 9am to 1am", "Urdu", "Step-free way in"):
        assert words in page.page.text
    end = client.press(page, "Send")
    assert end.page.h1 == "Thank you, we have your form"
    haven = stored()
    assert reference(end) == haven.reference
    assert haven.opening == "Mo-Fr 08:00-18:00; Sa 09:00-01:00; PH off"
    assert (haven.status, haven.kind, haven.consents, haven.least_staff) == ("applied", "cafe", True, 2)
    assert haven.offers == ["seat", "charging", "step_free"]
    assert haven.languages == ["English", "Urdu", "Pashto"]
    assert [(c.role, c.email) for c in haven.contacts] == [
        ("contact", "ayesha@cafe.example"),
        ("deputy", "sam@cafe.example"),
    ]
    assert abs(haven.lat - 51.53998) < 1e-5 and haven.place_id is not None
    assert [event.event for event in haven.events] == ["applied"]
    assert team_codes.haven_of(team_codes.printed(haven)) is haven
    told = capsys.readouterr().err
    assert f"We have your form, {haven.reference}" in told
    assert "priya@council.example: New Safe Haven form" in told
    assert "Cache-Control" in end.headers and end.headers["Cache-Control"] == "no-store"


def test_sent_twice_it_is_one_application_with_one_reference(client: Client) -> None:
    check = walk(client)
    first, second = client.press(check, "Send"), client.press(check, "Send")
    assert reference(first) == reference(second) == stored().reference
    assert db.session.scalar(select(func.count()).select_from(HavenEvent)) == 1


def test_nothing_of_it_stands_in_an_address_and_nothing_is_stored_before_it_is_sent(client: Client) -> None:
    page = walk(client)
    assert page.request.full_path.rstrip("?") == "/safe-havens/register"
    assert "Ayesha" not in next(f for f in page.page.all("input") if f.get("name") == "_state").get("value")
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 0
    assert db.session.scalar(select(func.count()).select_from(HavenDraft)) == 0


def test_pages_with_names_and_addresses_leave_no_copy(client: Client) -> None:
    for heading in ("Who is in charge?", "Who else can we ask for?", CHECK):
        page = walk(client, to=heading)
        assert page.headers["Cache-Control"] == "no-store", heading
        assert client.press(page, "Save and go on later").headers["Cache-Control"] == "no-store"
    wrong = client.press(walk(client, to="Who is in charge?"), "Continue", {"name": "A", "email": "no"})
    assert wrong.status_code == 422 and wrong.headers["Cache-Control"] == "no-store"
    send(client)
    assert send(client).headers["Cache-Control"] == "no-store"


def test_back_keeps_what_was_said(client: Client) -> None:
    page = client.press(walk(client, to="Where is it?"), "Back")
    assert page.page.h1 == "What kind of place is it?"
    assert next(i for i in page.page.all("input") if i.get("value") == "cafe").get("checked") is not None
    page = client.press(client.press(page, "Back", {"kind": "pub"}), "Continue")
    assert next(i for i in page.page.all("input") if i.get("value") == "pub").get("checked") is not None


def test_an_answer_is_changed_from_the_check_page_and_leads_straight_back(client: Client) -> None:
    check = walk(client)
    page = client.press(check, "Change opening hours")
    assert page.page.by_id("Mo_from").get("value") == "8am"
    back = client.press(page, "Continue", {"Mo_from": "7am"})
    assert back.page.h1 == CHECK and "7am to 6pm" in back.page.text
    hours = client.press(client.press(back, "Change days"), "Continue", {"pattern": "every_day"})
    assert hours.page.h1 == "When are you open?", "another pattern asks for its hours"
    done = client.press(hours, "Continue", {"Mo_from": "10am", "Mo_to": "midnight"})
    assert "Every day: 10am to midnight" in done.page.text


def test_a_private_home_is_refused_kindly_and_the_form_goes_on(client: Client) -> None:
    page = client.press(walk(client, to="What kind of place is it?"), "Continue", {"kind": "home"})
    assert page.page.h1 == "A private home cannot be a Safe Haven"
    back = client.press(page, "Back")
    assert back.page.h1 == "What kind of place is it?" and "There is a problem" not in back.page.text


@pytest.mark.parametrize(
    ("heading", "filled", "words"),
    [
        ("What is the place called?", {"name": ""}, "Enter the name that people see"),
        ("What is the place called?", {"name": "Cheap pills www.pills.example"}, "Leave out web addresses"),
        ("What is the place called?", {"name": "<script>alert(1)</script>"}, "Leave out web addresses"),
        ("What is the place called?", {"name": "x" * 40_000}, "Use 120 letters or fewer"),
        ("What is the place called?", {"name": "\u202e!!! \x00"}, "Enter the name that people see"),
        ("Where is it?", {"address": "", "place": "barking-station"}, "Enter the address"),
        ("Where is it?", {"address": "1 A Street", "place": ""}, "Choose the nearest place"),
        ("Who is in charge?", {"name": "A", "email": "no", "phone": ""}, "Enter an email address"),
        ("Who is in charge?", {"name": "A", "email": "=?utf-8?q?=0aBcc:x?=@b.example"}, "Enter an email address"),
        ("Who is in charge?", {"name": "A", "email": "a@b.example", "phone": "call me"}, "Enter a phone number"),
        ("Who else can we ask for?", {"name": "B"}, "Enter the deputy's email"),
        ("Who else can we ask for?", {"name": "B", "email": "AYESHA@cafe.example"}, "Enter another address"),
        ("When are you open?", {"Mo_from": "9", "Mo_to": "5", "Sa_shut": "yes", "Su_shut": "yes"}, "5am or 5pm?"),
        ("When are you open?", {"Mo_shut": "yes", "Sa_shut": "yes", "Su_shut": "yes"}, "on one day at least"),
        ("How many people are at work?", {"least_staff": "two"}, "Enter a whole number from 1"),
        ("Which languages do you speak there?", {}, "Tick one language at least"),
        ("What a Safe Haven promises", {"promises": ["welcome"]}, "Tick this if you can promise it"),
        ("May we show you on the public list?", {}, "Choose yes or no"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(
    client: Client, heading: str, filled: dict[str, str], words: str
) -> None:
    page = go_on(client, walk(client, to=heading), filled)
    assert page.status_code == 422
    assert page.page.h1 == heading and page.page.title.startswith("Error: ")
    summary = next(e for e in page.page.all("div") if "govuk-error-summary" in (e.get("class") or ""))
    assert words in summary.text
    for link in summary.all("a"):
        assert page.page.by_id((link.get("href") or "#")[1:]).name in ("input", "select", "textarea")
    for name, value in filled.items():
        if isinstance(value, str) and 0 < len(value) < 30 and name.isalpha() and "\x00" not in value:
            assert value in unescape(page.html), "what was typed need not be typed again"
    assert walk(client, at=page).page.h1 == CHECK, "a person can still go on and send"


def test_the_spot_is_moved_by_squares_and_looked_at_from_further_away(client: Client) -> None:
    page = walk(client, to="Is this the right spot?")
    assert "At Barking Station" in page.page.text
    moved = client.press(page, "100 m north, 200 m east")
    assert moved.page.h1 == "Is this the right spot?" and "north-east of Barking Station" in moved.page.text
    closer = client.press(moved, "25 m south")
    wider = client.press(closer, "Look from further away")
    send_page = client.press(walk(client, at=go_on(client, wider, {})), "Send")
    assert send_page.status_code == 200
    haven = stored()
    north_m, east_m = (haven.lat - 51.53998) * 111_195, (haven.lon - 0.0808) * 111_195 * 0.622
    assert abs(north_m - 75) < 5 and abs(east_m - 200) < 5


def test_a_place_that_is_not_on_the_list_is_shown_on_the_map(client: Client) -> None:
    page = walk(client, {"Where is it?": {"address": "1 Far Lane", "place": "elsewhere"}}, to="Is this the right spot?")
    assert "2.0 km wide" in page.page.text
    for _ in range(200):
        page = client.press(page, "Look from further away") if "Look from further" in page.html else page
        page = client.press(page, "800 m north, 800 m west" if "800 m north, 800 m west" in page.html else "Here")
        if page.page.text.count("km") and "800 m north" not in page.html:
            break
    client.press(walk(client, at=go_on(client, page, {})), "Send")
    assert stored().place_id is None and 51.4 < stored().lat < 51.7 and -0.1 < stored().lon < 0.3


def test_days_with_hours_of_their_own_are_added_and_removed(client: Client) -> None:
    page = walk(client, to="Are there days with other hours?")
    year = london_today().year + 1
    christmas = {"day-day": "25", "day-month": "12", "day-year": str(year - 1), "day_shut": "yes"}
    if date(year - 1, 12, 25) < london_today():
        christmas["day-year"] = str(year)
    page = client.press(page, "Add this day", christmas)
    assert "25 December" in page.page.text
    page = client.press(page, "Add this day", {"day-day": "31", "day-month": "13", "day-year": "26"})
    assert page.status_code == 422 and "25 December" in page.page.text
    page = client.press(page, "Remove")
    assert "25 December" not in page.page.text
    page = client.press(page, "Add this day", christmas)
    end = client.press(walk(client, at=client.press(page, "Continue")), "Send")
    assert end.status_code == 200
    assert [(e.on_day.month, e.on_day.day, e.opening) for e in stored().exceptions] == [(12, 25, "off")]


def test_saved_and_gone_on_with_by_the_link_in_an_email(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    page = client.press(walk(client, to="How many people are at work?"), "Save and go on later")
    assert page.page.by_id("_save_to").get("value") == "ayesha@cafe.example"
    page = client.press(page, "Save and send the link")
    assert page.page.h1 == "Your form is saved"
    sent = capsys.readouterr().err
    link = re.findall(r"https://voice\.example(/safe-havens/register/saved/\S+)", sent)[0]
    draft = db.session.scalars(select(HavenDraft)).one()
    assert "Ayesha" not in draft.answers and link[-32:].encode() not in draft.token_hash
    again = client.get(link)
    assert again.page.h1 == "How many people are at work?" and again.headers["Cache-Control"] == "no-store"
    other = client.press(client.press(page, "Go on now"), "Continue", {"least_staff": "3"})
    assert other.page.h1 == "What can you offer?"
    first = client.press(walk(client, at=again), "Send")
    second = client.press(walk(client, at=other), "Send")
    assert reference(first) == reference(second), "the form that was left open is the same form"
    assert stored().least_staff == 2
    assert client.get(link).status_code == 404, "what was sent off is no draft any more"
    assert db.session.scalar(select(func.count()).select_from(HavenDraft)) == 0


def test_saving_again_goes_on_with_the_same_link(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("One", "Two"):
        page = walk(client, {"What is the place called?": {"name": name}}, to="What kind of place is it?")
        client.press(client.press(page, "Save and go on later"), "Save and send the link", {"_save_to": "a@b.example"})
    assert db.session.scalar(select(func.count()).select_from(HavenDraft)) == 2
    link = re.findall(r"(/safe-havens/register/saved/\S+)", capsys.readouterr().err)[0]
    page = walk(client, at=client.get(link), to="Where is it?")
    save = client.press(page, "Save and go on later")
    client.press(save, "Save and send the link", {"_save_to": "c@d.example"})
    assert db.session.scalar(select(func.count()).select_from(HavenDraft)) == 2
    assert client.get(link).page.h1 == "Where is it?"
    third = client.press(
        client.press(page, "Save and go on later"), "Save and send the link", {"_save_to": "a@b.example"}
    )
    assert third.status_code == 422 and "wait five minutes" in third.page.text, "nobody's post is filled by our form"


@pytest.mark.parametrize("token", ["x", "a" * 32, "..%20..", "a" * 5_000])
def test_a_link_that_is_none_opens_nothing(client: Client, token: str) -> None:
    answer = client.get(f"/safe-havens/register/saved/{token}")
    assert answer.status_code == 404 and answer.page.h1 == "This link has ended"


def test_a_changed_or_foreign_or_old_state_starts_again_kindly(client: Client) -> None:
    page = walk(client, to="Where is it?")
    data = press(page.page, "Continue", {"address": "1 A", "place": "barking-station"}).grouped()
    state = data["_state"][0]
    day, _, sealed = state.partition(".")
    changed = [state[:-4] + "AAAA", f"{day}.{sealed[::-1]}", f"2020-01-01.{sealed}"]
    for forged in ("", "x", f"{day}.", "é" * 40, "A" * 60_000, *changed):
        answer = client.post("/safe-havens/register", data={**data, "_state": forged})
        assert (answer.status_code, answer.page.h1) == (410, "Please start again"), forged[:20]
    assert client.post("/safe-havens/register", data={**data, "_state": state}).status_code == 200


def test_another_sites_page_cannot_send_our_form(client: Client) -> None:
    sent = press(walk(client).page, "Send").grouped()
    client.surprises = True
    answer = client.post("/safe-havens/register", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 0


def test_a_check_page_that_was_never_reached_sends_nothing(client: Client) -> None:
    page = walk(client, to="Who is in charge?")
    data = press(page.page, "Continue", {"name": "A", "email": "a@b.example"}).grouped()
    answer = client.post("/safe-havens/register", data={**data, "_send": ["1"]})
    assert answer.page.h1 == "Who else can we ask for?"
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 0


def test_the_same_venue_again_is_told_kindly_and_whoever_means_it_is_not_kept_out(
    client: Client, app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    officer(app, "coordinator", email="priya@council.example")
    send(client)
    another = send(client, {"What is the place called?": {"name": "Noise"}})
    same = {"What is the place called?": {"name": "AYESHA’S  cafe"}, "Who is in charge?": OWNER}
    page = send(client, same)
    assert page.page.h1 == "Do we know this place already?"
    assert page.page.text == another.page.text, "that it has applied is nobody's business"
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 1
    assert client.press(page, "Back to my answers").page.h1 == CHECK
    capsys.readouterr()
    ends = [client.press(page, "Send all the same") for _ in range(2)]
    assert reference(ends[0]) == reference(ends[1])
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 2
    assert capsys.readouterr().err.count("Name and address are the same. One form may not be from the place") == 1


def test_the_same_name_and_address_is_seen_wherever_the_spot_is(client: Client) -> None:
    send(client)
    page = send(client, {"Where is it?": {"address": "12 station parade IG118TU", "place": "dagenham-library"}})
    assert page.page.h1 == "Do we know this place already?"


def test_nobodys_post_is_filled_and_no_application_lost(
    client: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = london_now().replace(hour=12)  # the pacing starts afresh with each day
    monkeypatch.setattr("community.safe_havens.joining.sending.london_now", lambda: now)
    ends = [send(client, {"What is the place called?": {"name": f"Shop {n}"},
                          "Where is it?": {"address": f"{n} A Road", "place": "barking-station"}})
            for n in range(6)]  # fmt: skip
    assert [end.status_code for end in ends] == [200] * 3 + [429] * 3
    assert "If no email comes" in ends[2].page.text and "Nothing is lost" in ends[3].page.text
    told = re.findall("--- email to (.*?):", capsys.readouterr().err)
    assert told == ["ayesha@cafe.example"] * 2, "a deputy is not written to before a person has read the form"
    assert client.press(ends[3], "Back to my answers").page.h1 == CHECK
    assert client.press(ends[3], "Save and go on later").page.h1 == "Save and go on later"
    now += timedelta(minutes=6)
    again = [client.press(ends[3], "Send") for _ in range(2)]
    assert reference(again[0]) == reference(again[1]) and client.press(ends[4], "Send").status_code == 429
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 4


def test_another_venue_at_the_address_may_be_sent_all_the_same_and_is_marked(
    client: Client, app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    officer(app, "coordinator", email="priya@council.example")
    send(client)
    page = send(client, {"What is the place called?": {"name": "Sam's Barbers"}})
    assert page.page.h1 == "Do we know this place already?"
    assert "ayesha" not in page.page.text.lower(), "whose it is, is nobody's business"
    capsys.readouterr()
    end = client.press(page, "Send all the same")
    assert reference(end) and db.session.scalar(select(func.count()).select_from(SafeHaven)) == 2
    assert "It looks like Ayesha's Cafe" in capsys.readouterr().err


def test_what_else_the_council_asks_is_asked_when_settings_say_so(app: Flask, client: Client) -> None:
    runtime = app.extensions["community"]
    havens = Havens(keeps_out=True, insurance=True, safeguarding=True, night_charter=True)
    app.extensions["community"] = replace(runtime, settings=replace(runtime.settings, havens=havens))
    more = {"insured-day": "31", "insured-month": "3", "insured-year": str(london_today().year + 1)}
    more |= {"safeguarding": "yes", "charter": "no"}
    asked = walk(client, to="What else the council asks")
    wrong = client.press(asked, "Continue", {**more, "insured-year": "2020"})
    assert wrong.status_code == 422 and "from today on" in wrong.page.text
    page = walk(client, {"What else the council asks": more})
    client.press(page, "Send")
    haven = stored()
    assert haven.insured_until == date(london_today().year + 1, 3, 31)
    assert (haven.safeguarding_trained, haven.night_charter, haven.keeps_out) == (True, False, True)
    promises = client.press(page, "Change promises")
    assert "we may ask them to leave or keep them out" in promises.page.text


def test_no_venue_gets_an_address_of_our_own(app: Flask) -> None:
    ours = {rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/safe-havens/")}
    assert {name for name in ours if not re.search(r"[<.]", name)} <= applying.RESERVED


def test_where_no_email_can_leave_the_pages_say_so_and_the_form_still_counts(app: Flask, client: Client) -> None:
    runtime = app.extensions["community"]
    app.extensions["community"] = replace(runtime, settings=replace(runtime.settings, app_env="production"))
    page = walk(client)
    save = client.press(page, "Save and go on later")
    assert "Emails cannot be sent from here just now" in save.page.text and "_save_to" not in save.html
    assert client.press(save, "Back to the form").page.h1 == CHECK
    end = client.press(page, "Send")
    assert reference(end) == stored().reference and "Write it down" in end.page.text
    assert "Emails cannot be sent" in client.get("/safe-havens/yours").page.text


def test_answers_of_many_kinds_never_end_without_a_page(client: Client) -> None:
    page = client.press(client.get("/safe-havens/register"), "Start now")
    state = press(page.page, "Continue", {"name": "x"}).grouped()["_state"][0]
    odd = {
        "_move": "9,9",
        "_wider": "1",
        "_remove": "x",
        "_add": "1",
        "_send": "1",
        "_change": "nothing",
        "option": "9",
    }
    for name, value in odd.items():
        answer = client.post("/safe-havens/register", data={"_state": state, name: value, "name": ["a", "b"] * 20})
        assert answer.status_code in (200, 422), name
    for body in ({"_state": [state, state]}, {"_state": state, **{f"f{n}": "x" * 100 for n in range(150)}}):
        assert client.post("/safe-havens/register", data=body).status_code in (200, 422)
    client.surprises = True
    huge = client.post("/safe-havens/register", data={"_state": state, "name": "x" * 70_000})
    assert huge.status_code == 413 and "999" in huge.page.text
    assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 0

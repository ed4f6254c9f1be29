"""The code behind the counter: the course is counted once, a use is counted once, and nobody is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.safe_havens.course import course
from community.safe_havens.models import HavenTraining, HavenUse, SafeHaven
from community.safe_havens.service import team_codes, uses
from community.shared.clock import london_today
from tests.factories.safe_havens import AppliedFactory
from tests.rig.client import Client
from tests.rig.forms import press

USE = {"help": "phone", "daypart": "21-24", "outcome": "met", "who": "child"}


@pytest.fixture
def haven(db_session: scoped_session[Session]) -> SafeHaven:
    made: SafeHaven = AppliedFactory(name="Corner cafe")
    team_codes.ensure(made)
    db.session.commit()
    return made


def menu(client: Client, haven: SafeHaven) -> Any:
    return client.press(client.get("/safe-havens/team"), "Open", {"code": team_codes.printed(haven).lower()})


def begin(client: Client, haven: SafeHaven) -> Any:
    return client.press(menu(client, haven), "Do the short course")


def to_the_end(client: Client, page: Any, *, rightly: bool = True) -> Any:
    """Answer every question; the page before the finish."""
    for screen in course(keeps_out=False).screens:
        assert page.page.h1 == screen.heading
        chosen = next(option for option in screen.options if option.is_right == rightly)
        said = client.press(page, "Answer", {"option": chosen.words})
        assert chosen.says in said.page.text
        assert ("Better:" in said.page.text) is not rightly
        page = client.press(said, "Go on")
    return page


def trainings() -> list[HavenTraining]:
    return list(db.session.scalars(select(HavenTraining)))


def test_eight_screens_and_a_finish_make_one_more_person_trained(client: Client, haven: SafeHaven) -> None:
    end = to_the_end(client, begin(client, haven))
    finished = client.press(end, "Finish")
    assert finished.page.h1 == "Thank you, you are counted"
    assert "1 person at Corner cafe has" in finished.page.text
    again = client.press(end, "Finish")
    assert "1 person at Corner cafe has" in again.page.text, "a double tap is one finish"
    (one,) = trainings()
    assert (one.haven_id, one.finished_on, one.name, one.course) == (haven.id, london_today(), None, "1")
    db.session.refresh(haven)
    assert haven.trained_on == london_today()
    assert [event.event for event in haven.events] == ["trained"]


def test_a_wrong_answer_is_told_kindly_and_goes_on(client: Client, haven: SafeHaven) -> None:
    client.press(to_the_end(client, begin(client, haven), rightly=False), "Finish")
    assert len(trainings()) == 1


def test_a_name_is_kept_only_when_it_is_typed(client: Client, haven: SafeHaven) -> None:
    end = to_the_end(client, begin(client, haven))
    wrong = client.press(end, "Finish", {"name": "<b>Jo</b>"})
    assert wrong.status_code == 422 and not trainings()
    client.press(wrong, "Finish", {"name": "Jo"})
    client.press(to_the_end(client, begin(client, haven)), "Finish")
    assert sorted(one.name or "" for one in trainings()) == ["", "Jo"]


def test_an_answer_has_to_be_chosen(client: Client, haven: SafeHaven) -> None:
    page = client.press(begin(client, haven), "Answer")
    assert page.status_code == 422 and "Choose what you would do" in page.page.text
    back = client.press(client.press(client.press(page, "Answer", {"option": "0"}), "Go on"), "Back")
    assert back.page.h1 == "What a Safe Haven is"


def test_back_is_a_button_of_ours_on_every_screen_of_the_course(client: Client, haven: SafeHaven) -> None:
    said = client.press(begin(client, haven), "Answer", {"option": "0"})
    again = client.press(said, "Back to the question")
    assert again.status_code == 200 and again.page.h1 == "What a Safe Haven is"
    end = to_the_end(client, again)
    before = client.press(end, "Back")
    assert "Answer" in before.html and before.status_code == 200
    said = client.press(before, "Answer", {"option": "0"})
    client.press(client.press(said, "Go on to the end"), "Finish")
    assert len(trainings()) == 1


def test_a_course_that_is_only_leafed_through_counts_nobody(client: Client, haven: SafeHaven) -> None:
    page = begin(client, haven)
    first = page.page.h1
    state = press(page.page, "Answer", {"option": "0"}).grouped()["_state"]
    for _ in course(keeps_out=False).screens:
        page = client.post("/safe-havens/team/course", data={"_state": state, "_next": "1"})
        assert page.page.h1 == first
        state = press(page.page, "Answer", {"option": "0"}).grouped()["_state"]
    client.post("/safe-havens/team/course", data={"_state": state, "_finish": "1"})
    assert trainings() == []


def test_an_answer_counts_after_going_back_and_one_course_s_answers_not_for_the_next(
    client: Client, haven: SafeHaven
) -> None:
    page = begin(client, haven)
    second = client.press(client.press(page, "Answer", {"option": "0"}), "Go on")
    back = client.press(second, "Back")
    state = press(back.page, "Answer", {"option": "0"}).grouped()["_state"]
    again = client.post("/safe-havens/team/course", data={"_state": state, "_next": "1"})
    assert again.page.h1 == second.page.h1
    anew = client.post("/safe-havens/team/course", data={"_state": state, "_start": "1"})
    state = press(anew.page, "Answer", {"option": "0"}).grouped()["_state"]
    assert client.post("/safe-havens/team/course", data={"_state": state, "_next": "1"}).page.h1 == page.page.h1


def test_a_finish_before_the_last_screen_counts_nobody(client: Client, haven: SafeHaven) -> None:
    data = press(begin(client, haven).page, "Answer", {"option": "0"}).grouped()
    page = client.post("/safe-havens/team/course", data={"_state": data["_state"], "_finish": "1"})
    assert page.page.h1 == "What a Safe Haven is" and not trainings()


@pytest.mark.parametrize("end", ["course", "log"])
def test_a_forged_old_or_foreign_state_opens_nothing(client: Client, haven: SafeHaven, end: str) -> None:
    state = press(menu(client, haven).page, "Do the short course").grouped()["_state"][0]
    joining = client.press(client.get("/safe-havens/register"), "Start now")
    foreign = press(joining.page, "Continue", {"name": "x"}).grouped()["_state"][0]
    day, _, sealed = state.partition(".")
    for forged in ("", "x", f"2020-01-01.{sealed}", f"{day}.{sealed[:-4]}AAAA", foreign, "é", "A" * 60_000):
        page = client.post(f"/safe-havens/team/{end}", data={"_state": forged, "_finish": "1", "_count": "1", **USE})
        assert (page.status_code, page.page.h1) == (410, "Please type the code again")
    team_codes.renew(haven)
    page = client.post(f"/safe-havens/team/{end}", data={"_state": state})
    assert page.status_code == 410, "a new code ends what the old one opened"
    assert not trainings()


def test_a_code_of_a_venue_that_has_left_opens_nothing(client: Client, haven: SafeHaven) -> None:
    page = menu(client, haven)
    haven.status, haven.left_on = "left", london_today()
    assert client.press(page, "Do the short course").status_code == 410
    again = menu(client, haven)
    assert again.status_code == 422 and "That is not a code we know" in again.page.text


def test_the_code_stands_in_no_address(client: Client, haven: SafeHaven) -> None:
    page = menu(client, haven)
    assert page.request.full_path.rstrip("?") == "/safe-havens/team"
    assert page.headers["Cache-Control"] == "no-store"
    assert team_codes.code(haven) not in page.html


def log(client: Client, haven: SafeHaven, **changed: str) -> Any:
    return client.press(client.press(menu(client, haven), "Note that you helped"), "Count it", {**USE, **changed})


def uses_stored() -> list[tuple[str, str, str, str, int]]:
    rows = db.session.scalars(select(HavenUse).order_by(HavenUse.daypart))
    return [(row.daypart, row.help, row.outcome, row.who, row.n) for row in rows]


def test_a_use_is_counted_once_however_often_it_is_sent(client: Client, haven: SafeHaven) -> None:
    form = client.press(menu(client, haven), "Note that you helped")
    for _ in range(3):
        page = client.press(form, "Count it", USE)
        assert page.page.h1 == "Thank you, it is counted"
    assert uses_stored() == [("21-24", "phone", "met", "child", 1)]
    assert "0800 1111" in page.page.text
    client.press(client.press(page, "Note another"), "Count it", USE)
    assert uses_stored() == [("21-24", "phone", "met", "child", 2)]


def test_yesterday_can_be_noted_and_today_stands_chosen(client: Client, haven: SafeHaven) -> None:
    log(client, haven, when="yesterday")
    assert db.session.scalars(select(HavenUse.used_on)).one() == london_today() - timedelta(days=1)


@pytest.mark.parametrize("name", ["help", "outcome", "who", "daypart", "when"])
def test_words_that_are_not_ours_count_nothing(client: Client, haven: SafeHaven, name: str) -> None:
    form = client.press(menu(client, haven), "Note that you helped")
    data = press(form.page, "Count it", USE).grouped()
    for value in ("", "x" * 5_000, "Robert'); drop table safe_haven_use;--"):
        page = client.post("/safe-havens/team/log", data={**data, name: value})
        assert page.status_code == 422 and page.page.h1 == "You helped somebody"
    assert uses_stored() == []


def test_a_flood_of_uses_fills_nothing(client: Client, haven: SafeHaven) -> None:
    db.session.add(
        HavenUse(
            haven_id=haven.id,
            used_on=london_today(),
            daypart="00-06",
            help="phone",
            outcome="met",
            who="adult",
            n=uses.MOST_A_DAY,
        )
    )
    page = log(client, haven)
    assert page.status_code == 429 and "no more are counted" in page.page.text
    assert db.session.scalar(select(func.sum(HavenUse.n))) == uses.MOST_A_DAY


def test_the_pack_holds_the_whole_course_and_the_councils_rule(app: Flask, client: Client) -> None:
    page = client.get("/safe-havens/team/pack")
    for screen in course(keeps_out=False).screens:
        assert screen.heading in page.page.text and screen.right.words in page.page.text
    assert "We do not try to keep a threatening person out" in page.page.text

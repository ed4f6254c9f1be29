"""The questionnaires desk: brought in, looked at, published, fielded, taken along; on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.extensions import db
from community.shared.clock import london_today
from community.staff.models import AuditEntry
from community.surveys import queries
from community.surveys.loading import load
from community.surveys.models import QuestionnaireDraft, Version
from community.surveys.service import drafts, retention, waves
from community.surveys.xlsform import loading
from tests.http.surveys.walking import Respondent
from tests.rig.client import Client
from tests.rig.staff import client_of, form_token, send_file
from tests.service.surveys.world import World, make_world, shipped
from tests.unit.surveys.sheets import row, sheets, with_column, xlsx

DESK = "/staff/questionnaires"
SMALL = xlsx(sheets())


@pytest.fixture
def world(db_session: object) -> World:
    """The safety survey, open."""
    return make_world()


@pytest.fixture
def officer(app: Flask) -> Client:
    """Somebody who may change questionnaires."""
    return client_of(app, "analyst")


@pytest.fixture
def viewer(app: Flask) -> Client:
    """Somebody who may only look."""
    return client_of(app, "viewer")


def send(client: Client, data: bytes, name: str = "small.xlsx") -> Any:
    return send_file(client, f"{DESK}/bring-in", data, name)


def brought_in(client: Client, data: bytes = SMALL, name: str = "small.xlsx") -> Any:
    """The page of the draft."""
    sent = send(client, data, name)
    assert sent.status_code == 303, sent.page.text
    return client.get(sent.headers["Location"])


def safety(**changes: str) -> bytes:
    """The questionnaire that ships, with words of it replaced."""
    text = waves.export("safety")
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def trail() -> list[tuple[str, str]]:
    return [
        (entry.action, entry.subject) for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    ]


# from a spreadsheet to people


def test_a_spreadsheet_is_looked_at_published_and_fielded(officer: Client, world: World) -> None:
    draft = brought_in(officer)
    assert draft.page.h1 == "Look before you publish"
    assert "Published, it becomes a new survey, small." in draft.page.text
    assert db.session.scalar(select(Version).join(Version.survey).filter_by(slug="small")) is None
    published = officer.press(draft, "Publish a new survey, small")
    assert published.headers["Location"] == f"{DESK}/surveys/small?published=1"
    page = officer.get(published.headers["Location"])
    assert "Version 1 is published." in page.page.text
    opened = officer.press(officer.follow(page, "Open a wave"), "Open the wave", {"title": "First try"})
    assert opened.headers["Location"] == f"{DESK}/surveys/small/waves/1?done=opened"
    assert "The wave is open. People can answer now." in officer.get(opened.headers["Location"]).page.text
    assert "Safe here?" in Client(officer.application).post("/s/small", data={"_place": ""}).page.text
    actions = [entry for entry in trail() if "small" in entry[1]]
    assert actions == [
        ("questionnaire.bring-in", "small"),
        ("questionnaire.publish", "small/1"),
        ("wave.open", "small/1"),
    ]
    assert officer.get(f"{DESK}/drafts/{draft.request.path.rpartition('/')[2]}").status_code == 404


def test_the_next_version_says_what_changes_by_the_keys_of_questions(officer: Client, world: World) -> None:
    data = safety(a=("How safe do you feel outside after dark?", "How safe are you outside after dark?"))
    draft = brought_in(officer, data, "safety.yaml")
    assert "Published, it becomes version 2 of safety." in draft.page.text
    assert "What changes since version 1" in draft.page.text
    assert "Changed: How safe are you outside after dark?" in draft.page.text
    assert "Figures before and after this are not of the same question." in draft.page.text
    officer.press(draft, "Publish version 2 of safety")
    page = officer.get(f"{DESK}/surveys/safety/2")
    assert "What changed since version 1" in page.page.text
    assert "Changed: How safe are you outside after dark?" in page.page.text
    assert waves.find("safety", 1).version == 1  # the wave that runs keeps what it asks


def test_a_frozen_wording_is_refused_on_the_page(officer: Client, world: World) -> None:
    draft = brought_in(officer, safety(a=("Do you feel safe in the borough?", "Is the borough safe?")), "safety.yaml")
    refused = officer.press(draft, "Publish version 2 of safety")
    assert refused.status_code == 422
    assert "These questions are frozen" in refused.page.text
    assert queries.latest_version("safety").number == 1


def test_what_was_published_already_word_for_word_cannot_be_published_again(officer: Client, world: World) -> None:
    draft = brought_in(officer, safety(), "safety.yaml")
    assert "This is version 1 of safety word for word. There is nothing to publish." in draft.page.text
    assert not [button for button in draft.page.all("button") if button.text.startswith("Publish")]


def test_what_somebody_else_published_meanwhile_is_shown_before_publishing(officer: Client, world: World) -> None:
    mine = brought_in(officer, safety(a=("Tick all that fit.", "Tick what fits.")), "safety.yaml")
    theirs = brought_in(officer, safety(a=("Tick all that fit.", "Tick each that fits.")), "safety.yaml")
    officer.press(theirs, "Publish version 2 of safety")
    refused = officer.press(mine, "Publish version 2 of safety")
    assert refused.status_code == 422
    assert "Version 2 was published while you looked at this." in refused.page.text
    assert "Tick each that fits." in refused.page.text
    again = officer.press(refused, "Publish version 3 of safety")
    assert again.status_code == 303


def test_a_draft_can_be_thrown_away(officer: Client, world: World) -> None:
    draft = brought_in(officer)
    assert officer.press(draft, "Throw the draft away").status_code == 303
    assert officer.get(draft.request.path).status_code == 404
    assert db.session.scalars(select(QuestionnaireDraft)).all() == []
    assert ("questionnaire.throw-away", "small") in trail()


@pytest.mark.parametrize("verb", ["publish", "throw-away"])
def test_a_draft_that_is_gone_says_so(officer: Client, world: World, verb: str) -> None:
    token = form_token(officer.get(f"{DESK}/bring-in"))
    gone = officer.post(f"{DESK}/drafts/nowhere/{verb}", data={"csrf_token": token})
    assert gone.status_code == 404
    assert gone.page.h1 == "This draft is no longer here"


def test_drafts_are_forgotten_after_30_days(officer: Client, world: World) -> None:
    page = brought_in(officer)
    draft = db.session.scalars(select(QuestionnaireDraft)).one()
    draft.made_on = london_today() - timedelta(days=31)
    db.session.commit()
    assert officer.get(page.request.path).status_code == 404
    assert drafts.kept(london_today()) == []
    assert retention.forget(london_today())["questionnaire_draft"] == 1
    assert db.session.scalars(select(QuestionnaireDraft)).all() == []


# what is wrong with a file


def test_every_mistake_is_listed_with_its_sheet_row_and_fix(officer: Client, world: World) -> None:
    wrong = xlsx(sheets(row("geopoint", "x", "Where?"), row("integer", "n", "How many?")))
    page = send(officer, wrong)
    assert page.status_code == 422
    assert "Put 2 things right in the file, then select it again." in page.page.text
    assert "Sheet survey, row 4, column type" in page.page.text
    assert "What to do: take it out, or ask for a place of our list" in page.page.text
    assert "Sheet survey, row 5" in page.page.text
    assert db.session.scalars(select(QuestionnaireDraft)).all() == []


def test_words_of_the_file_are_escaped_wherever_they_are_shown(officer: Client, world: World) -> None:
    nasty = "<b onclick='x()'>bold"
    made = with_column(sheets(row("select_one yes_no", "q", nasty)), "survey", nasty, "x")
    draft = brought_in(officer, xlsx(made), f"{nasty}.xlsx")
    assert draft.page.all("b") == []
    assert nasty in draft.page.text
    assert officer.get(f"{draft.request.path}/screens/q").page.all("b") == []
    assert send(officer, xlsx(sheets(row(nasty, "q", "Q?")))).page.all("b") == []


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "", "Select a file."),
        (b"x", "survey.docx", "Select a spreadsheet (.xlsx or .csv) or a YAML file (.yaml)."),
        (b"x", "survey.xlsx", "This is not a spreadsheet."),
        (b"slug: x", "survey.yaml", "The questionnaire lacks 'title'."),
        (b"x" * 1_000_001, "survey.csv", "The file is too large."),
    ],
)
def test_a_file_that_will_not_do_is_refused_on_the_page(
    officer: Client, world: World, data: bytes, name: str, message: str
) -> None:
    page = send(officer, data, name)
    assert page.status_code == 422
    assert message in page.page.text


def test_a_file_beyond_the_limit_is_refused_politely(officer: Client, world: World) -> None:
    page = send(officer, b"x" * 3_000_000)
    assert page.status_code == 413
    assert "The file is larger than 1 MB." in page.page.text
    assert page.page.h1 == "Bring a questionnaire in"


def test_only_the_upload_takes_more_than_64_kb(officer: Client, world: World) -> None:
    token = form_token(officer.get(f"{DESK}/surveys/safety/open-wave"))
    page = officer.post(f"{DESK}/surveys/safety/open-wave", data={"csrf_token": token, "title": "x" * 70_000})
    assert page.status_code == 413
    assert officer.post("/withdraw", data={"code": "x" * 70_000}).status_code == 413


# on a phone


@pytest.mark.parametrize(("lang", "words", "dir"), [("en", "Do you feel safe here", "ltr"), ("ur", "محفوظ", "rtl")])
def test_a_screen_is_shown_as_people_get_it(officer: Client, world: World, lang: str, words: str, dir: str) -> None:
    draft = brought_in(officer, safety(a=("Tick all that fit.", "Tick what fits.")), "safety.yaml")
    page = officer.get(f"{draft.request.path}?lang={lang}&screen=here")
    (frame,) = page.page.all("iframe")
    inside = officer.get(frame.get("src"))
    assert words in inside.page.h1
    assert inside.page.all("html")[0].get("dir") == dir
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    policy = inside.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert "script-src 'none'" in policy


def test_nothing_in_the_frame_sends_or_leads_anywhere(officer: Client, world: World) -> None:
    for screen in shipped("safety").screens:
        inside = officer.get(f"{DESK}/surveys/safety/1/screens/{screen.key}")
        assert {form.get("method") for form in inside.page.all("form")} == {"dialog"}
        assert {link.get("href") for link in inside.page.all("a")} == {"#main-content"}
        assert inside.page.all("script") == []
        shown = {field.get("name") for field in inside.page.all("input", "textarea", "button")}
        assert set(screen.questions) <= shown


def test_questions_and_choices_that_few_may_see_are_shown_too(officer: Client, world: World) -> None:
    page = officer.get(f"{DESK}/surveys/safety/1/screens/help")
    assert "Is there anything you would like to add?" in page.page.text


def test_a_screen_that_is_not_there_is_a_404(officer: Client, world: World) -> None:
    assert officer.get(f"{DESK}/surveys/safety/1/screens/nowhere").status_code == 404
    assert officer.get(f"{DESK}/drafts/nowhere/screens/here").status_code == 404


def test_every_question_says_whom_it_is_asked_of(viewer: Client, world: World) -> None:
    text = viewer.get(f"{DESK}/surveys/safety/1").page.text
    assert "Only people who answered “Neither safe nor unsafe”, “Fairly unsafe” or “Very unsafe” to" in text
    assert "Only people known to be 16 or over." in text
    assert "Any number of choices, shuffled for each person." in text


# taken along


def test_a_version_is_taken_along_as_yaml_and_as_a_spreadsheet(viewer: Client, world: World) -> None:
    yaml = viewer.get(f"{DESK}/surveys/safety/1/file.yaml")
    assert yaml.headers["Content-Disposition"] == "attachment; filename=safety-1.yaml"
    assert load(yaml.get_data(as_text=True), name="x") == shipped("safety")
    sheet = viewer.get(f"{DESK}/surveys/safety/1/file.xlsx")
    assert loading.load(sheet.get_data(), name="x.xlsx").questionnaire == shipped("safety")
    assert viewer.get(f"{DESK}/surveys/safety/1/file.exe").status_code == 404
    assert viewer.get(f"{DESK}/surveys/safety/9/file.yaml").status_code == 404


# waves


def test_a_wave_is_set_for_later_and_closed(officer: Client, world: World) -> None:
    today = london_today()
    first, last = today + timedelta(days=10), today + timedelta(days=40)
    page = officer.get(f"{DESK}/surveys/safety/open-wave")
    assert "Also open, or to come:" in page.page.text
    sent = {"title": "Later", "opens_on": first.isoformat(), "closes_on": last.isoformat()}
    opened = officer.press(page, "Open the wave", sent)
    shown = officer.get(opened.headers["Location"])
    assert "The wave is set. People can answer from its first day." in shown.page.text
    wave = waves.waves_of("safety")[0]
    assert (wave.opens_on, wave.closes_on) == (first, last)
    closing = officer.follow(shown, "Close this wave")
    closed = officer.press(closing, "Close the wave", {"closes_on": (first + timedelta(days=1)).isoformat()})
    assert "The last day is" in officer.get(closed.headers["Location"]).page.text
    assert waves.find("safety", wave.number).closes_on == first + timedelta(days=1)
    assert ("wave.close", f"safety/{wave.number}") in trail()


def test_a_wave_is_stopped_at_once_and_who_has_begun_may_finish(
    someone: Respondent, officer: Client, world: World, app: Flask
) -> None:
    wave = next(one for one in waves.waves_of("safety") if one.is_open(london_today()))
    someone.tap(age="18 to 21")
    closing = officer.follow(officer.get(f"{DESK}/surveys/safety/waves/{wave.number}"), "Close this wave")
    for _ in range(2):  # a second press finds it stopped
        stopped = officer.get(officer.press(closing, "Stop asking now").headers["Location"])
    assert "Nobody else is asked" in stopped.page.text and "Stopped" in stopped.page.text
    assert "What to do next" not in stopped.page.text
    assert trail().count(("wave.stop", f"safety/{wave.number}")) == 1
    assert "Do you feel safe" not in Client(app).get(f"/q/{world.poster.code}").page.text
    assert someone.press("No").status == 200 and someone.press("Finish now").page.h1 == "Thank you"
    again = officer.press(closing, "Close the wave", {"closes_on": ahead(9)})
    assert again.status_code == 422 and "Open a new one" in again.page.text


def ahead(days: int) -> str:
    return (london_today() + timedelta(days=days)).isoformat()


OPENING = [
    ({"title": ""}, "title", "Enter a title"),
    ({"title": "x" * 101}, "title", "Use at most 100 letters"),
    ({"title": "T", "opens_on": "soon"}, "opens_on", "Enter a day, such as"),
    ({"title": "T", "opens_on": -1}, "opens_on", "The first day is over."),
    ({"title": "T", "opens_on": 2000}, "opens_on", "more than three years away"),
    ({"title": "T", "opens_on": 5, "closes_on": 4}, "closes_on", "The last day comes before the first."),
    ({"title": "T", "closes_on": -1}, "closes_on", "The last day comes before the first."),
    ({"title": "T", "closes_on": "31.2.2027"}, "closes_on", "Enter a day, such as"),
]


@pytest.mark.parametrize(("sent", "field", "message"), OPENING, ids=[f"{case[2]} {case[1]}" for case in OPENING])
def test_a_mistake_about_a_new_wave_is_named_beside_its_field(
    officer: Client, world: World, sent: dict[str, Any], field: str, message: str
) -> None:
    typed = {name: ahead(value) if isinstance(value, int) else value for name, value in sent.items()}
    page = officer.press(officer.get(f"{DESK}/surveys/safety/open-wave"), "Open the wave", typed)
    assert page.status_code == 422
    assert page.page.link(message) == f"#{field}"
    assert len(waves.waves_of("safety")) == 1


def test_a_mistake_about_the_last_day_is_named(officer: Client, world: World) -> None:
    address = f"{DESK}/surveys/safety/waves/{world.safety.number}/close"
    for typed, message in (("", "Enter the last day"), ("2020-01-01", "The wave opens on"), ("x", "Enter a day")):
        page = officer.press(officer.get(address), "Close the wave", {"closes_on": typed})
        assert page.status_code == 422
        assert message in page.page.text
    assert waves.find("safety", 1).closes_on is None


def test_a_wave_that_is_over_is_not_opened_again(officer: Client, world: World) -> None:
    version = waves.open_wave("safety", title="Old", opens_on=date(2020, 1, 1), closes_on=date(2020, 2, 1))
    number = version.number
    db.session.commit()
    assert "Close this wave" not in officer.get(f"{DESK}/surveys/safety/waves/{number}").page.text
    page = officer.get(f"{DESK}/surveys/safety/waves/{number}/close")
    refused = officer.press(page, "Close the wave", {"closes_on": ahead(5)})
    assert "This wave is over. Open a new one to ask again." in refused.page.text


# who may


def test_a_viewer_looks_and_changes_nothing(viewer: Client, world: World) -> None:
    page = viewer.get(DESK)
    assert "How safe do you feel?" in page.page.text
    assert "Bring a questionnaire in" not in page.page.text
    for address in ("bring-in", "surveys/safety/open-wave", "surveys/safety/waves/1/close"):
        assert viewer.get(f"{DESK}/{address}").status_code == 403


def test_the_home_page_tells_of_drafts_and_of_waves_that_end_soon(officer: Client, world: World) -> None:
    brought_in(officer)
    waves.close_wave("safety", 1, on=london_today() + timedelta(days=3))
    db.session.commit()
    text = officer.get("/staff").page.text
    assert "1 draft is not published yet." in text
    assert "takes its last answers on" in text


@pytest.mark.parametrize(
    "address", ["surveys/nowhere", "surveys/safety/9", "surveys/safety/waves/9", "surveys/x/open-wave"]
)
def test_what_is_not_there_is_a_404(officer: Client, world: World, address: str) -> None:
    assert officer.get(f"{DESK}/{address}").status_code == 404


def test_a_draft_says_what_was_left_out(officer: Client, world: World) -> None:
    made = with_column(sheets(), "survey", "required", "yes")
    draft = brought_in(officer, xlsx(made))
    assert "'required' is not used: people may skip every question. (sheet survey, row 2)" in draft.page.text

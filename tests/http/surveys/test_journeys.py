"""From the first tap to the end, screen by screen, in three languages; skipping, leaving, going back."""

from __future__ import annotations

import pytest

from community.extensions import db
from community.places.service import posters
from tests.factories.places import AreaFactory, PlaceFactory
from tests.http.surveys.walking import Clock, Respondent, buttons, hidden, ids, names_of_controls
from tests.service.surveys.world import TODAY, World, answers_of, recounted, rows, tallied, words_of

Screen = tuple[str, dict[str, str | list[str]]]
LANGUAGES = ("en", "ro", "ur")
SAFETY: list[Screen] = [
    ("age", {"age": "25-34"}), ("borough", {"safe_in_borough": "no"}),
    ("day_and_dark", {"safe_day": "fairly_unsafe", "safe_dark": "very_unsafe"}),
    ("why", {"why": ["dark", "harassment"]}),
    ("help", {"help": ["cctv", "other"], "help_comment": "More lamps by the underpass"}),
    ("robbed", {"robbed": "both"}),
    ("about_you", {"gender": "another_way", "ethnicity": "mixed", "disability": "no", "connection": ["live", "study"]}),
]  # fmt: skip
ROBBERY: list[Screen] = [
    ("age", {"age": "16-17"}), ("who", {"who": "me"}), ("when_and_where", {"when_year": "yes", "where": "place_named"}),
    ("which_place", {"which_place": "vicarage-field"}),
    ("how", {"daytime": "15-19", "alone": "alone", "how_many": "three_to_five"}),
    ("taken", {"taken": ["phone", "bag"], "weapon": "believed"}), ("reported", {"reported": "no"}),
    ("why_not", {"why_not": ["fear_of_reprisals", "low_trust"]}), ("help", {"help": ["lighting", "easier_to_report"]}),
]  # fmt: skip


def walk(someone: Respondent, opening: str, screens: list[Screen], lang: str) -> None:
    """Answer every screen as it comes; each page is checked by the client."""
    someone.clock.go_on(seconds=20)
    someone.send({"_ticket": someone.ticket, names_of_controls(someone.page)[0]: opening})
    for screen, answers in screens:
        assert names_of_controls(someone.page) == list(answers), screen
        assert someone.page.lang == lang
        (form,) = someone.page.all("form")
        if any(name in answers for name in ("age", "safe_in_borough", "robbed", "who", "reported")):
            (name, value) = next(iter(answers.items()))
            someone.send({"_ticket": someone.ticket, name: value}, form.get("action"))
        else:
            someone.go_on(answers)
        assert someone.status == 200


@pytest.fixture
def vicarage(world: World) -> None:
    AreaFactory(slug="town", name="Barking Town Centre", places=[PlaceFactory(slug="vicarage-field", name="The Field")])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_screen_of_the_safety_survey_is_walked_to_the_end(someone: Respondent, lang: str) -> None:
    walk(someone.scan(f"{someone.address}?lang={lang}"), "very_unsafe", SAFETY, lang)
    assert someone.code.replace(" ", "").isdecimal()
    (id,) = ids()
    sent = {name: value for _, answers in SAFETY for name, value in answers.items()}
    assert words_of(id) == [sent.pop("help_comment")]
    stored = answers_of(id)
    assert stored.pop("help_comment") == ("_written",)
    assert stored.pop("safe_here") == ("very_unsafe",)
    assert stored == {name: (value,) if isinstance(value, str) else tuple(value) for name, value in sent.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_screen_of_the_robbery_survey_is_walked_to_the_end(
    someone: Respondent, world: World, vicarage: None, lang: str
) -> None:
    posters.assign(world.poster, world.robbery.wave_id, TODAY)
    walk(someone.scan(f"{someone.address}?lang={lang}"), "yes", ROBBERY, lang)
    (id,) = ids()
    assert set(answers_of(id)) == {"know_robbed", *(name for _, answers in ROBBERY for name in answers)}
    assert answers_of(id)["which_place"] == ("vicarage-field",)
    assert "Answer about robbery" not in buttons(someone.page)


def test_one_tap_is_thanked_and_counted(someone: Respondent, world: World) -> None:
    someone.tap("Fairly safe")
    assert someone.status == 200
    (thanks,) = [element for element in someone.page.all("p") if element.get("role") == "status"]
    assert thanks.text == "Thank you. Your answer is counted."
    assert someone.page.h1 == "How old are you?"
    assert [answers_of(id) for id in ids()] == [{"safe_here": ("fairly_safe",)}]
    assert tallied() == recounted(world.safety, world.robbery)


def test_every_later_screen_can_be_skipped_one_by_one(someone: Respondent) -> None:
    someone.tap("Very safe")
    titles = []
    while "Skip" in buttons(someone.page):
        titles.append(someone.page.h1)
        someone.press("Skip")
    assert someone.page.h1 == "Thank you"
    (id,) = ids()
    asked = {"age", "safe_in_borough", "safe_day", "safe_dark", "help", "robbed"} | {
        "gender", "ethnicity", "disability", "connection"
    }  # fmt: skip
    assert answers_of(id) == {
        "safe_here": ("very_safe",), "why": ("_not_asked",), "help_comment": ("_not_asked",),
        **dict.fromkeys(asked, ("_skipped",)),
    }  # fmt: skip
    assert len(titles) == 6


def test_continue_with_nothing_chosen_skips(someone: Respondent) -> None:
    someone.tap(age="18 to 21").press("No").press("Continue")
    (id,) = ids()
    assert answers_of(id)["safe_day"] == answers_of(id)["safe_dark"] == ("_skipped",)


def test_skip_keeps_nothing_of_what_was_filled_in(someone: Respondent) -> None:
    someone.tap(age="18 to 21").press("No").press("Skip", {"safe_day": "very_unsafe"})
    assert answers_of(ids()[0])["safe_day"] == ("_skipped",)


def test_finish_now_leaves_without_answering_the_question_on_the_page(someone: Respondent) -> None:
    someone.tap(age="18 to 21").press("Finish now")
    assert someone.page.h1 == "Thank you"
    assert set(answers_of(ids()[0])) == {"safe_here", "age"}


def test_finish_now_on_a_form_saves_what_was_filled_in(someone: Respondent) -> None:
    someone.tap(age="18 to 21").press("No").press("Finish now", {"safe_dark": "very_unsafe"})
    assert someone.page.h1 == "Thank you"
    stored = answers_of(ids()[0])
    assert (stored["safe_dark"], stored["safe_day"]) == (("very_unsafe",), ("_skipped",))


@pytest.mark.parametrize("blank", [{}, {"help_comment": "   "}])
def test_finish_now_on_an_empty_form_is_leaving(someone: Respondent, blank: dict[str, str]) -> None:
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    someone.press("Finish now", blank)
    assert "help" not in answers_of(ids()[0])


def test_words_that_begin_with_a_low_line_are_not_left_behind(someone: Respondent) -> None:
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    someone.press("Finish now", {"help_comment": "_more lamps_ by the bridge"})
    assert words_of(ids()[0]) == ["_more lamps_ by the bridge"]


def test_the_end_page_says_who_sees_what_and_how_to_take_it_back(someone: Respondent) -> None:
    page = someone.tap(age="35 to 44").press("Finish now").page
    assert "The council and the police see totals, never you." in page.text
    assert "0800 1111" in page.text
    assert len(someone.code.split()) == 5
    assert "/withdraw" in page.link("Take my answers away")


def test_reloading_a_page_sends_it_again_and_counts_nothing_twice(someone: Respondent, world: World) -> None:
    someone.tap(age="35 to 44").press("Finish now")
    code = someone.code
    for _ in range(3):
        assert someone.send_again().code == code
    assert rows()["response"] == 1
    assert tallied() == recounted(world.safety, world.robbery)


def test_back_and_another_tap_is_a_change_of_mind(someone: Respondent) -> None:
    first = someone.scan().last
    someone.press("Very unsafe").press("35 to 44").press("No")
    someone.last = first
    someone.press("Very safe")
    assert someone.page.h1 == "How old are you?"
    (id,) = ids()
    assert answers_of(id) == {"safe_here": ("very_safe",), "age": ("35-44",), "safe_in_borough": ("no",)}


def test_an_under_13_is_thanked_told_where_to_turn_and_not_kept(someone: Respondent) -> None:
    someone.tap()
    age = someone.last
    someone.press("Under 13")
    assert (someone.status, someone.page.h1) == (200, "Thank you for helping")
    assert "0800 1111" in someone.page.text
    assert all(n == 0 for table, n in rows().items() if table != "tombstone")
    someone.last = age
    assert someone.press("Under 13").page.h1 == "Thank you for helping"  # a double tap
    someone.last = age
    someone.press("18 to 21")
    assert (someone.status, someone.page.h1) == (410, "These answers were taken away")
    assert "0800 1111" in someone.page.text
    assert all(n == 0 for table, n in rows().items() if table != "tombstone")


def test_a_child_who_goes_back_to_the_first_page_is_not_brought_back(someone: Respondent) -> None:
    first = someone.scan().last
    someone.press("Very unsafe").press("Under 13")
    someone.last = first
    assert someone.press("Very safe").status == 410
    assert ids() == []


@pytest.mark.parametrize("age", ["13 to 15", "I'd rather not say", None])
def test_the_young_and_those_of_unknown_age_see_no_box_to_write_in(someone: Respondent, age: str | None) -> None:
    someone.tap("Very safe").press(age or "Skip")
    while someone.page.h1 != "Thank you":
        assert someone.page.all("textarea") == []
        someone.press("Skip")


def test_a_box_to_write_in_has_its_notice_and_a_number(someone: Respondent) -> None:
    someone.tap("Very safe", age="16 or 17").press("Yes").press("Skip")
    (box,) = someone.page.all("textarea")
    notice = someone.page.by_id((box.get("aria-describedby") or "").split()[0])
    assert "Nobody is watching this live" in notice.text
    assert "0800 1111" in notice.text
    assert len(notice.text.split()) <= 40


def test_help_stands_beside_the_next_question_and_goes_with_it(someone: Respondent, clock: Clock) -> None:
    someone.tap(age="25 to 34").press("No").press("Skip").press("Continue", {"why": ["harassment"]})
    assert someone.page.h1 == "What would help you feel safer?"
    assert "Victim Support" in someone.page.text
    someone.press("Română")
    assert "Victim Support" in someone.page.text
    someone.press("English")
    someone.press("Continue", {"help": ["cctv"], "help_comment": "my husband hits me"})
    assert someone.page.h1 == "Have you, or someone you know, been robbed in the borough?"
    assert "0808 2000 247" in someone.page.text
    assert "Victim Support" not in someone.press("No").page.text
    assert db.session.is_active


def test_help_raised_by_the_last_words_stands_on_the_end_page(someone: Respondent) -> None:
    someone.tap(age="25 to 34").press("No").press("Skip").press("Skip")
    someone.press("Finish now", {"help_comment": "I want to die"})
    assert someone.page.h1 == "Thank you"
    assert "116 123" in someone.page.text
    headings = [heading.text for heading in someone.page.all("h2")]
    assert len(headings) == len(set(headings))


def test_a_place_is_chosen_from_a_list_by_area(someone: Respondent, world: World, vicarage: None) -> None:
    posters.assign(world.poster, world.robbery.wave_id, TODAY)
    someone.scan().press("Yes").press("18 to 21").press("Someone I know")
    someone.press("Continue", {"where": "place_named"})
    (select,) = someone.page.all("select")
    assert next(group.get("label") for group in select.all("optgroup")) == "Barking Town Centre"
    assert select.get("name") == "which_place"
    someone.press("Continue", {"which_place": "The Field"})
    assert answers_of(ids()[0])["which_place"] == ("vicarage-field",)
    assert hidden(someone.page, "_ticket")

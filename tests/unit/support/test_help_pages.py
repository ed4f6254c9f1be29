"""The help pages: neutral addresses, somebody to reach at any hour on each, everybody in the catalogue on one."""

import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from community.support import service
from community.support.catalogue import by_id, load
from community.support.help_pages import PAGES, HelpPage, on_page, split_by_hours

CHECKED = date(2026, 11, 20)
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/London"))
MUCH_LATER = date(2030, 1, 1)
WORDS = Path(__file__).parents[3] / "templates" / "support" / "words.html"


AN_AGE_OR_A_NUMBER_TO_CALL = {"18", "55", "99"}
"""Numbers that would say something."""


@pytest.mark.parametrize("number", PAGES)
def test_an_address_is_a_number_and_gives_nobody_away(number: str) -> None:
    assert re.fullmatch("[1-9][0-9]", number) and number not in AN_AGE_OR_A_NUMBER_TO_CALL
    assert service.page(number).number == number


def test_no_address_can_be_told_by_its_place_in_the_list() -> None:
    numbers = [int(number) for number in PAGES]
    rises = sum(one < other for one, other in pairwise(numbers))
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) / 4 < rises < len(numbers) * 3 / 4


def test_an_address_that_somebody_kept_leads_to_the_same_page_for_ever() -> None:
    kept = {
        "home": "27", "someone-hurt-me": "12", "robbed": "35", "followed": "21", "feeling-low": "16", "under-18": "38",
        "pictures": "29", "under-pressure": "14", "family-decides": "33", "hate": "19", "worried-about-someone": "25",
        "my-own-behaviour": "31", "report": "17", "somewhere-to-stay": "36", "people-like-me": "22",
        "without-a-call": "28", "drink-and-drugs": "13",
    }  # fmt: skip
    for name, number in kept.items():
        assert service.page(name) is service.page(number) and service.page(number).name == name


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_every_page_has_its_words(page: HelpPage) -> None:
    words = WORDS.read_text("utf-8")
    assert words.count(f'"{page.name}": _("') == 1  # the link, translated
    assert words.count(f'"{page.name}": "') == 1  # the first sentence, in English until a person has reviewed it


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_a_page_names_only_services_there_are_in_its_order(page: HelpPage) -> None:
    assert set(page.named) <= by_id(load()).keys()
    shown = [found.id for found in service.services_for(page, today=CHECKED)]
    assert shown[: len(page.named)] == list(page.named)
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
@pytest.mark.parametrize("today", [CHECKED, MUCH_LATER])
def test_a_page_always_has_a_line_open_day_and_night_and_childline_or_its_like(page: HelpPage, today: date) -> None:
    services = service.services_for(page, today=today)
    assert any(found.is_helpline for found in services)
    assert any(found.takes(14) and found.is_helpline for found in services)


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_long_after_the_last_check_only_the_core_is_left(page: HelpPage) -> None:
    assert all(found.core for found in service.services_for(page, today=MUCH_LATER))


def test_everybody_in_the_catalogue_can_be_found_but_by_999_which_heads_every_page() -> None:
    found = {one.id for page in PAGES.values() for one in on_page(page, load())}
    assert {one.id for one in load()} - found == {"police_999", "police_999_55"}


def test_services_are_split_by_hours_without_losing_one() -> None:
    always, at_times = split_by_hours(load(), NOON)
    assert all(one.always_open for one in always)
    assert not any(one.always_open for one in at_times)
    assert len(always) + len(at_times) == len(load())


def test_who_is_open_now_stands_before_who_is_shut() -> None:
    _, at_noon = split_by_hours(load(), NOON)
    _, at_night = split_by_hours(load(), NOON.replace(hour=3))
    for moment, found in ((NOON, at_noon), (NOON.replace(hour=3), at_night)):
        states = [one.is_open(moment) for one in found]
        assert states == sorted(states, key=[True, None, False].index)
    assert by_id(at_noon[:20]).get("galop")
    assert not by_id(at_night[:20]).get("galop")


def test_an_unknown_page_is_no_page() -> None:
    with pytest.raises(service.NoSuchTopic):
        service.page("nowhere")


def test_staff_are_told_of_services_that_need_a_check() -> None:
    assert service.overdue(today=CHECKED) == ()
    assert {one.id for one in service.overdue(today=MUCH_LATER)} == {one.id for one in load()}

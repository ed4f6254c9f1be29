"""The help pages as a browser gets them: a way out on each, nothing kept, nothing told by a title or an address."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine

from community.support.catalogue import load_all
from community.support.handout import card_lines
from community.support.help_pages import ONCE_AT, PAGES
from tests.rig.client import Client

ADDRESSES = ["/help", "/help/card", *(f"/help/{number}" for number in PAGES)]
HOME = ONCE_AT["home"].number
TELLING = re.compile(r"abus|violen|rape|suicid|assault|victim|crime|police|refuge|stalk|haven", re.I)
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_has_a_button_out_and_a_hidden_link_the_keyboard_meets_first(client: Client, address: str) -> None:
    page = client.get(address).page
    ways = [link for link in page.all("a") if link.get("data-leave")]
    assert [link.get("class") for link in ways] == ["app-skip", "govuk-button govuk-button--warning"]
    for way in ways:
        assert way.text == "Leave this page"
        assert way.get("data-leave") == "/help/leave"
        assert (way.get("href") or "").startswith("https://www.bbc.co.uk/weather")  # without a script, straight there
        assert "noreferrer" in (way.get("rel") or "")
    assert page.all("a")[1] is ways[0]  # after the link that skips to the content
    assert [script.get("src") for script in page.all("script") if "/leave." in (script.get("src") or "")]


@pytest.mark.parametrize("address", [*ADDRESSES, "/help/leave"])
def test_nothing_is_kept_and_nobody_is_told_where_one_came_from(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", [*ADDRESSES, "/help/leave"])
def test_title_address_icon_and_preview_give_nobody_away(client: Client, address: str) -> None:
    page = client.get(address).page
    assert not TELLING.search(page.title.partition(" · ")[0])
    assert not TELLING.search(address)
    assert [link.get("href") for link in page.all("link") if link.get("rel") == "icon"] == ["data:,"]
    assert not [meta for meta in page.all("meta") if meta.get("property") or meta.get("name") == "description"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_says_plainly_that_history_is_not_erased(client: Client, address: str) -> None:
    assert "does not delete it from your phone's history" in client.get(address).page.text


def test_shift_three_times_is_promised_only_where_a_script_can_keep_it(client: Client) -> None:
    promise = next(p for p in client.get("/help").page.all("p") if "Shift three times" in p.text)
    assert "hidden" in promise.attributes
    assert "data-with-script" in promise.attributes


def test_the_page_between_clears_storage_tells_nothing_and_goes_on_by_itself(client: Client) -> None:
    answer = client.get("/help/leave")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert answer.page.text == "One moment Go on"
    refresh = next(meta for meta in answer.page.all("meta") if meta.get("http-equiv") == "refresh")
    assert (refresh.get("content") or "").endswith("url=https://www.bbc.co.uk/weather")


@time_machine.travel(TUESDAY_NOON, tick=False)
def test_by_day_a_page_says_who_is_open_now(client: Client) -> None:
    text = client.get(f"/help/{HOME}").page.text
    assert "Open now. Monday to Thursday 10am to 8:30pm" in text
    assert "Closed now" not in text.replace("Closed now, opens today 5pm", "")


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_by_night_a_page_says_who_is_shut_and_when_they_open(client: Client) -> None:
    page = client.get(f"/help/{HOME}").page
    assert "Closed now, opens tomorrow 10am. Monday to Thursday 10am to 8:30pm" in page.text
    assert "Open now. 24 hours, every day" in page.text


def test_there_are_pages_by_need_for_a_worried_friend_and_for_own_behaviour(client: Client) -> None:
    index = client.get("/help")
    for words in ("I am worried about someone", "I am worried about what I do", "I cannot use a voice call"):
        assert client.follow(index, words).page.h1 == "Talk to someone"


@pytest.mark.parametrize("name", ONCE_AT)
def test_an_address_in_words_leads_to_the_number_and_is_kept_nowhere(client: Client, name: str) -> None:
    answer = client.get(f"/help/{name}?lang=ur")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/help/{ONCE_AT[name].number}?lang=ur")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"/help/{name}").headers["Location"] == f"/help/{ONCE_AT[name].number}"


@pytest.mark.parametrize("address", ["/", *ADDRESSES, "/help/leave", "/chat"])
@pytest.mark.parametrize("language", ["en", "ro", "ur"])
def test_no_page_leads_to_an_address_in_words(client: Client, address: str, language: str) -> None:
    links = {link.get("href") or "" for link in client.get(f"{address}?lang={language}").page.all("a")}
    ours = {link.partition("?")[0] for link in links if link.startswith("/help")}
    assert ours <= set(ADDRESSES)


def test_every_help_page_has_the_same_title(client: Client) -> None:
    assert len({client.get(f"/help/{number}").page.title for number in PAGES}) == 1


@pytest.mark.parametrize("number", PAGES)
def test_what_nobody_confirmed_stands_on_no_page(client: Client, number: str) -> None:
    names = {heading.text for heading in client.get(f"/help/{number}").page.all("h3")}
    assert not names & {one.name for one in load_all() if not one.verified}


@time_machine.travel(TUESDAY_NOON, tick=False)  # a fact that nobody looked at for months is not printed
def test_the_card_says_neutral_words_and_the_catalogues_numbers(client: Client) -> None:
    page = client.get("/help/card").page
    main = page.by_id("main-content")
    items = [item.text for item in main.all("li")]
    assert len(items) == len(card_lines(load_all()))
    assert not [item for item in items if TELLING.search(item)]
    for line in card_lines(load_all()):
        assert any(line.label in item and line.number in item for item in items)


def test_an_unknown_page_is_a_404_that_keeps_nothing_either(client: Client) -> None:
    answer = client.get("/help/nowhere")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"

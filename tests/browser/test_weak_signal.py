"""One bar of signal: the first page is there in time, the journey is small, a lost signal loses or doubles nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Error, Page

from tests.browser import posters
from tests.browser.posters import PLACE, Poster, Typed
from tests.browser.walking import END, asked, option, send, walk

BYTES_PER_SECOND = 250_000 / 8
LATENCY_MS = 300
FIRST_PAGE_SECONDS = 5
JOURNEY_BYTES = 50_000


class Signal:
    """A phone's connection: as slow as one bar of signal, with all that came over it added up."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        self.requests = 0
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.requestWillBeSent", self._asked)
        self._session.on("Network.loadingFinished", self._came)
        self._session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY_MS,
                "downloadThroughput": BYTES_PER_SECOND,
                "uploadThroughput": BYTES_PER_SECOND,
            },
        )

    def _asked(self, event: dict[str, Any]) -> None:
        self.requests += not event["request"]["url"].startswith("data:")

    def _came(self, event: dict[str, Any]) -> None:
        self.received += event["encodedDataLength"]


@contextmanager
def no_signal(page: Page) -> Iterator[None]:
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_first_page_is_there_in_time_and_the_journey_is_small(phone: Page, poster: Poster, language: str) -> None:
    signal = Signal(phone)
    started = time.monotonic()
    phone.goto(f"{poster.path}?lang={language}", wait_until="commit")
    option(phone, "safe_here").wait_for(state="visible")
    assert option(phone, "safe_here").is_enabled()
    assert time.monotonic() - started <= FIRST_PAGE_SECONDS
    phone.wait_for_load_state("networkidle")
    assert signal.requests == 1
    assert 2_000 < signal.received <= 14_600
    send(phone, option(phone, "safe_here"))
    assert phone.get_by_role("status").count() == 1, "thanked"
    walk(phone)
    phone.locator(END).wait_for()
    assert signal.received <= JOURNEY_BYTES


def lose_the_signal(page: Page) -> None:
    """Tap, and nothing leaves the phone."""
    with no_signal(page), pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        send(page, option(page, "safe_here", "very_safe"))


def go_back(page: Page) -> None:
    """The phone's Back, without a signal even: the page is still there."""
    page.go_back()
    assert asked(page) == ("safe_here",)


def test_a_tap_without_a_signal_can_be_sent_again_from_the_same_page(phone: Page, desk: Typed, poster: Poster) -> None:
    before = posters.counts(desk, "place")
    phone.goto(poster.path)
    lose_the_signal(phone)
    phone.reload()  # the phone's own "try again" sends the same form
    assert phone.get_by_role("status").count() == 1
    go_back(phone)
    send(phone, option(phone, "safe_here", "very_safe"))
    assert posters.more(before, posters.counts(desk, "place")) == {(PLACE, "very_safe"): 1}


def test_the_page_is_still_there_without_a_signal_and_its_tap_counts_once(
    phone: Page, desk: Typed, poster: Poster
) -> None:
    before = posters.counts(desk, "place")
    phone.goto(poster.path)
    lose_the_signal(phone)
    with no_signal(phone):
        go_back(phone)
    send(phone, option(phone, "safe_here", "very_safe"))
    assert posters.more(before, posters.counts(desk, "place")) == {(PLACE, "very_safe"): 1}


def test_an_answer_whose_thanks_was_lost_is_not_counted_again(phone: Page, desk: Typed, poster: Poster) -> None:
    before = posters.counts(desk, "place")
    phone.goto(poster.path)
    form = {"_ticket": phone.locator("[name=_ticket]").input_value(), "safe_here": "very_safe"}
    phone.context.request.post(poster.path, form=form)  # it arrived; the page that says so did not
    send(phone, option(phone, "safe_here", "very_safe"))
    assert phone.get_by_role("status").count() == 1
    assert posters.more(before, posters.counts(desk, "place")) == {(PLACE, "very_safe"): 1}

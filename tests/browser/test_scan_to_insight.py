"""The whole story, on both engines: a poster is printed and scanned, one tap is counted, the council reads it, and the
same person takes it back (docs/journeys/scan-to-insight.md)."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Response

from tests.browser import posters
from tests.browser.posters import PLACE, Counts, Poster, Typed, counts, more
from tests.browser.walking import END, asked, option, send, walk
from tests.rig.databases import ENGINES
from tests.rig.server import Site

KINDS = {"place": PLACE, "ward": posters.WARD, "area": posters.AREA}
TAPPED = "fairly_unsafe"


def all_counts(flask: Typed) -> dict[str, Counts]:
    """Every kind of group -> its counts."""
    return {by: counts(flask, by) for by in KINDS}


def agrees(flask: Typed) -> bool:
    """Whether a recount of the raw answers finds the tallies right."""
    found = json.loads(flask("insights", "verify", "--json"))
    return bool(found["agree"])


@pytest.mark.parametrize("site", ENGINES, indirect=True)
def test_from_a_printed_poster_to_an_answer_counted_by_place_and_back(
    site: Site, desk: Typed, phone: Page, tmp_path: Path
) -> None:
    poster = posters.make_poster(desk)
    address = scan(site, desk, poster, tmp_path)
    with urlopen(f"{site.url}/healthz") as health:  # the job consumer runs as well
        assert json.load(health) == {"status": "ok"}
    before = all_counts(desk)

    open_first_page(phone, address)
    send(phone, option(phone, "safe_here", TAPPED))
    assert phone.get_by_role("status").inner_text() == "Thank you. Your answer is counted."
    assert asked(phone) == ("age",)
    after_the_tap = counts(site.flask, "place")
    assert more(before["place"], after_the_tap) == {(PLACE, TAPPED): 1}, "one tap is a counted answer"

    screens = walk(phone)
    assert len(screens) > 5
    code = phone.locator(END).inner_text()
    assert phone.url.startswith(address) and code.replace(" ", "") not in phone.url
    after = all_counts(desk)
    for by, group in KINDS.items():
        assert more(before[by], after[by]) == {(group, TAPPED): 1}, by
    assert agrees(desk)

    back_and_tap_again(phone)
    assert more(before["place"], counts(desk, "place")) == {(PLACE, "very_safe"): 1}, "one response"
    walk(phone)
    assert phone.locator(END).inner_text() == code

    take_back(phone, code)
    assert counts(desk, "place") == before["place"]
    assert agrees(desk)

    posters.mark(desk, poster, "taken-down")
    answer = phone.goto(address)
    assert answer is not None and answer.status == 410
    assert phone.locator("h1").inner_text() == "This poster is no longer in use"
    for help_and_a_way in ("999", "Samaritans", "116 123", "You can still tell us about the place."):
        assert help_and_a_way in phone.locator("body").inner_text()


def scan(site: Site, flask: Typed, poster: Poster, folder: Path) -> str:
    """Print the posters of the place, find the new one among them by its QR code; what its code says."""
    pages = posters.printed(flask, folder / "posters.pdf", "--place", PLACE)
    read = [posters.scanned(picture) for picture in pages]
    assert all(len(codes) == 1 for codes in read), "one QR code on each page"
    found = [codes[0] for codes in read if codes[0].endswith(poster.code)]
    assert found == [poster.url]
    assert poster.url == site.url + poster.path
    return found[0]


def open_first_page(page: Page, address: str) -> None:
    """Open the page that a scan leads to: all of it comes in one answer, small, and asks about this place."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", note)
    assert [(answer.url, answer.status) for answer in answers] == [(address, 200)], "one request, no redirect"
    sizes = answers[0].request.sizes()
    assert sizes["responseHeadersSize"] + sizes["responseBodySize"] <= 14_600
    assert page.locator("h1").inner_text() == "Do you feel safe here, at Barking Station?"
    assert page.locator("script").count() == 0
    danger, question = page.locator(".app-danger").bounding_box(), page.locator("h1").bounding_box()
    assert danger and question and danger["y"] < question["y"], "999 stands above the question"
    assert posters.SPOT not in page.locator("main").inner_text(), "the poster says where it hangs; the page need not"


def back_and_tap_again(page: Page) -> None:
    """Go all the way back to the first page, as with the phone's own Back, and answer otherwise."""
    session = page.context.new_cdp_session(page)
    first = next(entry for entry in session.send("Page.getNavigationHistory")["entries"] if "/q/" in entry["url"])
    with page.expect_navigation():
        session.send("Page.navigateToHistoryEntry", {"entryId": first["id"]})
    assert asked(page) == ("safe_here",)
    send(page, option(page, "safe_here", "very_safe"))


def take_back(page: Page, code: str) -> None:
    """Follow the link on the end page and type the code that stood there."""
    with page.expect_navigation():
        page.get_by_role("link", name="Take my answers away").click()
    page.get_by_label("Your code").fill(code)
    send(page, page.get_by_role("button", name="Delete my answers"))
    assert page.locator("h1").inner_text() == "Your answers are deleted"

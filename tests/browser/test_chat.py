"""/chat on a phone: with and without a script, by keyboard alone, in every state and language, and leaving it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, Route, expect

from community.support.catalogue import by_id, load
from tests.browser.looking import NARROW, look, tab_to

HARM = "my husband hits me"
DA_LINE = by_id(load())["nat_da_helpline"].phone or ""
SAID = "#log .app-said"


def write(page: Page, words: str) -> None:
    """Type into the box and press Send; with a script and without, the answer stands on the page afterwards."""
    there = page.locator(SAID).count()
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(SAID)).to_have_count(there + 2)


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_talk_goes_on_with_and_without_scripts(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto("/chat")
    write(page, HARM)
    assert DA_LINE in page.locator(SAID).nth(1).inner_text()
    write(page, "who sees this?")
    write(page, "thanks")
    assert page.locator(SAID).count() == 6
    assert page.locator(SAID).first.inner_text().endswith(HARM)
    assert page.url.partition("#")[0].endswith(("/chat", "/chat?lang=en")), "nothing of it is in the address"
    page.locator(f"{SAID} >> nth=5").wait_for()


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_the_answer_is_in_sight_when_it_comes(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto("/chat")
    for words in (HARM, "who sees this?", "is my phone being watched", "help my friend is hurt"):
        write(page, words)
    expect(page.locator("#latest")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_the_box_is_in_sight_below_the_answer_on_a_small_phone(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/chat")
    for words in (HARM, "who sees this?"):
        write(page, words)
        expect(page.locator("#latest")).to_be_in_viewport()
        expect(page.get_by_label("Your message")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_the_keyboard_alone_is_enough_and_enter_sends(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto("/chat")
    for turn, words in enumerate((HARM, "who sees this?"), start=1):
        if not (scripts and turn > 1):  # with a script the box has kept the keyboard
            tab_to(page, "#text")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator(SAID)).to_have_count(2 * turn)
        assert page.locator("#text").input_value() == ""
    tab_to(page, "#chat > .govuk-button")


def test_with_a_script_the_page_stays_and_the_answer_is_announced(page: Page) -> None:
    page.goto("/chat")
    page.evaluate("document.body.dataset.same = 'yes'")
    heard = page.evaluate_handle(
        """() => {
          const heard = [], note = all => all.forEach(m => m.addedNodes.forEach(n => heard.push(n.innerText)));
          new MutationObserver(note).observe(document.querySelector("[role=log]"), {childList: true});
          return heard;
        }"""
    )
    write(page, HARM)
    write(page, "hello")
    assert page.evaluate("document.body.dataset.same") == "yes"
    told = heard.json_value()
    assert len(told) == 4 and DA_LINE in told[1], "each message once, in the region that is read out"
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.evaluate("document.querySelectorAll('#latest').length") == 1


def test_a_message_typed_while_another_is_answered_is_kept(page: Page) -> None:
    page.goto("/chat")

    def late(route: Route) -> None:
        page.get_by_label("Your message").fill("and another thing")
        route.continue_()

    page.route("**/chat?lang=en", late)
    page.get_by_label("Your message").fill(HARM)
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_have_count(2)
    assert page.get_by_label("Your message").input_value() == "and another thing"


def test_a_lost_signal_keeps_what_was_typed_and_says_so(page: Page) -> None:
    page.goto("/chat")
    write(page, "hello")
    expect(page.locator("#unsent")).to_be_hidden()
    page.context.set_offline(True)
    page.get_by_label("Your message").fill(HARM)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("That did not go. Check your signal and send it again.")
    assert page.get_by_label("Your message").input_value() == HARM
    assert page.locator(SAID).count() == 2
    look(page)
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_have_count(4)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_answer_that_is_no_chat_page_is_shown_by_the_browser_itself(page: Page) -> None:
    page.goto("/chat")
    page.route("**/chat?lang=en", lambda route: route.fulfill(status=503, content_type="text/html", body=BUSY))
    page.get_by_label("Your message").fill(HARM)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Busy. Call 999"


BUSY = "<!doctype html><html lang=en><title>Busy</title><h1>Busy. Call 999</h1></html>"


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_talk_that_is_over_begins_anew_and_still_answers(open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(width=NARROW)
    page.goto("/chat")
    write(page, "hello")
    page.evaluate("document.querySelector('[name=_state]').value = '2020-01-01.AAAA'")
    if not scripts:
        page.get_by_label("Your message").fill(HARM)
        page.evaluate("document.getElementById('chat').submit()")
    else:
        write(page, HARM)
    expect(page.locator("#log .app-notice")).to_contain_text("cleared after 30 minutes")
    assert DA_LINE in page.locator(SAID).last.inner_text()
    look(page)


@pytest.mark.parametrize("language", ["en", "ro", "ur"])
def test_nobody_meets_a_barrier_in_any_state_or_language(open_page: Callable[..., Page], language: str) -> None:
    page = open_page(width=NARROW, height=640)
    page.goto(f"/chat?lang={language}")
    look(page)
    for words in (HARM, "?", "STOP", "https://a-very-long-address.example/" + "x" * 90, "haven", "म मदद 🙏"):
        there = page.locator(SAID).count()
        page.locator("#text").fill(words)
        page.locator("#chat > .govuk-button").click()
        expect(page.locator(SAID)).not_to_have_count(there)
        expect(page.locator("#chat > .govuk-button")).not_to_have_attribute("aria-disabled", "true")
        look(page)
    page.locator("#unsent").evaluate("alert => { alert.hidden = false; }")
    look(page)
    page.locator("#text").fill("x" * 6_000)
    page.locator("#chat > .govuk-button").click()
    expect(page.locator("#log > .app-notice")).to_have_count(1)
    look(page)
    assert page.locator("html").get_attribute("lang") == language


def test_another_language_keeps_the_talk(phone: Page) -> None:
    phone.goto("/chat")
    write(phone, HARM)
    phone.get_by_role("button", name="Română").click()
    assert phone.locator("html").get_attribute("lang") == "ro"
    assert phone.locator(SAID).count() == 2
    look(phone)


def test_leaving_puts_the_weather_in_the_place_of_the_talk(page: Page) -> None:
    page.route("https://www.bbc.co.uk/**", lambda route: route.abort())
    page.goto("/")
    page.goto("/chat")
    write(page, HARM)
    page.route("**/help/leave", lambda route: route.fulfill(content_type="text/html", body=BUSY))
    page.get_by_label("Your message").focus()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/help/leave")
    page.go_back()
    assert page.url.endswith("/") and HARM not in page.content(), "the talk's place in the history is taken"


def test_without_a_script_the_way_out_is_a_plain_link(phone: Page) -> None:
    phone.goto("/chat")
    write(phone, HARM)
    assert (phone.get_by_role("link", name="Leave this page").last.get_attribute("href") or "").startswith("https://")


def test_clearing_leaves_an_empty_page(page: Page) -> None:
    page.goto("/chat")
    write(page, HARM)
    page.get_by_role("link", name="Clear these messages").click()
    expect(page.locator(SAID)).to_have_count(0)
    assert HARM not in page.content()


def test_a_reload_shows_the_same_and_back_asks_before_it_sends_again(phone: Page) -> None:
    phone.goto("/chat")
    write(phone, HARM)
    write(phone, "who sees this?")
    phone.reload()
    assert phone.locator(SAID).count() == 4
    write(phone, "thanks")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # no page of this is kept: the browser asks to send it again
        phone.go_back()


def test_with_a_script_back_leads_out_of_the_talk_and_forward_to_an_empty_page(page: Page) -> None:
    page.goto("/help")
    page.goto("/chat")
    write(page, HARM)
    write(page, "who sees this?")
    page.go_back()
    assert page.url.endswith("/help")
    page.go_forward()
    expect(page.get_by_label("Your message")).to_have_value("")
    assert HARM not in page.content()


def test_the_page_and_its_script_are_light(page: Page) -> None:
    sizes: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    page.goto("/chat", wait_until="networkidle")
    by_kind = {kind: sum(n for id, n in sizes.items() if kinds.get(id) == kind) for kind in kinds.values()}
    assert by_kind["Document"] < 5_000 and by_kind["Script"] < 4_000
    assert sum(sizes.values()) < 20_000
    sizes.clear()
    write(page, HARM)
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < 6_000, "a turn is the page once more, packed"

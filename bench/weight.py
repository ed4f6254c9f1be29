"""Bytes and requests of the first page and of a whole journey, as Chromium sees them on the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page, ViewportSize, sync_playwright

from bench.figures import Report
from bench.workshop import Workshop
from tests.rig.chromium import find_chromium, flags

FIRST_VIEW_BYTES, JOURNEY_BYTES = 14_600, 50_000
"""Ten packets of 1,460 bytes arrive before a server must wait for the phone; 50 KB is the whole journey's."""
ANOTHER_BYTES, ANOTHER_REQUESTS = 926_000, 29
"""LimeSurvey 6.4's first view, measured before. We want to be 60 times as light."""
PHONE: ViewportSize = {"width": 360, "height": 740}
MOST_SCREENS = 25
LANGUAGES = ("en", "ro", "ur")


@dataclass
class Wire:
    """What came over the line. kinds: of each request, in order."""

    bytes_in: int = 0
    kinds: list[str] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": False})
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._arrived)

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.kinds.append(event.get("type", "?"))

    def _arrived(self, event: dict[str, Any]) -> None:
        self.bytes_in += round(event["encodedDataLength"])


def measure(shop: Workshop, say: Report) -> None:
    """First view in each language, then one journey from the poster to the end page."""
    say.begin("weight", "bytes on the wire with headers, gzip, phone-sized Chromium without scripts, empty cache")
    with shop.ours("sqlite") as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags())
        address = f"{ours.site.url}/q/{ours.codes[0]}"
        for language in LANGUAGES:
            with browser.new_context(viewport=PHONE, locale=language, java_script_enabled=False) as context:
                page, wire = context.new_page(), Wire()
                wire.listen(context.new_cdp_session(page))
                page.goto(address, wait_until="networkidle")
                say.figure(f"first page, {language}", wire.bytes_in, "bytes", at_most=FIRST_VIEW_BYTES,
                           limit="ten packets of 1,460")  # fmt: skip
                if language != "en":
                    continue
                say.figure("first page: requests", len(wire.kinds), at_most=1)
                say.figure("first page: times lighter than another's", ANOTHER_BYTES / wire.bytes_in, at_least=60,
                           limit=f"{ANOTHER_BYTES:,} bytes in {ANOTHER_REQUESTS} requests")  # fmt: skip
                screens = _to_the_end(page)
                page.wait_for_load_state("networkidle")
                say.figure(f"whole journey, {screens} screens and the end page", wire.bytes_in, "bytes",
                           at_most=JOURNEY_BYTES)  # fmt: skip
                say.figure("whole journey: scripts", wire.kinds.count("Script"), at_most=0)
                say.figure("whole journey: cookies", len(context.cookies()), at_most=0)
        browser.close()


def _to_the_end(page: Page) -> int:
    """Answer every screen until the code that takes it all back is shown; how many screens."""
    for n in range(MOST_SCREENS):
        if page.locator(".app-code").count():
            return n
        adult = page.get_by_role("button", name="25 to 34", exact=True)
        option = page.locator("fieldset button.app-option, .govuk-radios__input, .govuk-checkboxes__input")
        if adult.count():
            adult.click()
        elif page.get_by_role("button", name="Continue").count():
            if option.count():
                option.first.check(force=True)
            page.get_by_role("button", name="Continue").click()
        else:
            option.first.click()
    raise RuntimeError(f"no end page after {MOST_SCREENS} screens; this one is {page.title()!r}")

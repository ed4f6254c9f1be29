"""A real Chromium at a real server: the service as `make run` starts it, on a database of its own for each file.

    def test_a_journey(phone, site): phone.goto("/q/..."); ...     # 360 px wide, no JavaScript
    def test_comfort(page): page.goto("/"); ...                    # the same width, JavaScript on

Both fail afterwards if a page asked anyone but us for anything, ran into our own policy, or was given a cookie.
`@pytest.mark.parametrize("site", ENGINES, indirect=True)` runs a test on both engines; SQLite alone otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

from tests.rig import axe
from tests.rig.chromium import ChromiumMissing, find_chromium, flags
from tests.rig.databases import Databases
from tests.rig.server import Site

PHONE: ViewportSize = {"width": 360, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    try:
        path = find_chromium()
    except ChromiumMissing as missing:
        pytest.exit(str(missing), returncode=1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The running service with the demonstration answers that `make run` loads: SQLite, or the engine the test asks
    for. `site.url` is where it is; `site.flask("insights", "results", "safety", "--json")` types a command."""
    address = databases.migrated(getattr(request, "param", "sqlite"))
    site = Site(databases.environ(address), tmp_path_factory.mktemp("site") / "log").start()
    yield site
    site.stop()
    databases.drop(address)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A page on a phone whose browser runs no scripts."""
    with _watched(browser, site, scripts=False) as page:
        yield page


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page on a phone whose browser runs scripts."""
    with _watched(browser, site, scripts=True) as page:
        yield page


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Fails with every barrier that axe finds on a page as it stands."""
    return axe.check


@contextmanager
def _watched(browser: Browser, site: Site, *, scripts: bool) -> Iterator[Page]:
    """A page in a context of its own, with what went wrong in it held against the test at the end."""
    context = browser.new_context(
        base_url=site.url, viewport=PHONE, java_script_enabled=scripts, locale="en-GB", device_scale_factor=2
    )
    wrong: list[str] = []

    def note_request(asked: Request) -> None:
        if not asked.url.startswith((f"{site.url}/", "data:", "blob:", "about:")):
            wrong.append(f"asked for {asked.url}")

    def note_words(said: ConsoleMessage) -> None:
        if said.type == "error" and "the server responded with a status of" not in said.text:
            wrong.append(said.text)  # our own policy was broken, say; an error page is not an error here

    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("request", note_request)
    page.on("console", note_words)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    cookies = context.cookies()
    context.close()
    assert wrong == []
    assert cookies == []

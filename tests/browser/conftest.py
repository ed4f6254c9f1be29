"""A real Chromium at a real server: the service as `make run` starts it, on a database of its own for each file.

    def test_a_journey(phone, site): phone.goto("/q/...")                     # 360 px wide, no JavaScript
    def test_comfort(page): page.goto("/")                                    # the same width, JavaScript on
    def test_narrow(open_page): open_page(width=320, forced_colors="active")  # another width, another taste

All fail afterwards if a page asked anyone but us for anything, ran into our own policy, or left something behind.
`@pytest.mark.parametrize("site", ENGINES, indirect=True)` runs a test on both engines; SQLite alone otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from community import create_app
from community.config import Settings
from tests.browser.posters import Poster, Typed, make_poster
from tests.rig import axe, phone_fonts
from tests.rig.chromium import ChromiumMissing, find_chromium, flags
from tests.rig.client import Runner
from tests.rig.databases import Databases, dispose
from tests.rig.server import Site
from tests.rig.staff import client_of

PHONE_WIDTH, PHONE_HEIGHT = 360, 740


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, started once, with the letters of a phone."""
    try:
        path = find_chromium()
    except ChromiumMissing as missing:
        pytest.exit(str(missing), returncode=1)
    env = {**os.environ, **phone_fonts.install(tmp_path_factory.mktemp("letters"))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags(), env=env)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The running service with the demonstration answers that `make run` loads: SQLite, or the engine the test asks
    for. `site.url` is where it is; `site.flask("insights", "results", "safety", "--json")` types a command."""
    address = databases.lived_in(getattr(request, "param", "sqlite"))
    site = Site(databases.environ(address), tmp_path_factory.mktemp("site") / "log").start()
    yield site
    site.stop()
    databases.drop(address)


@pytest.fixture(scope="module")
def desk(beside: Flask) -> Typed:
    """Types commands beside the server without a process for each: what `site.flask` prints, sooner."""
    return lambda *words: Runner(beside)(*words).stdout


@pytest.fixture(scope="module")
def beside(site: Site) -> Iterator[Flask]:
    """The application beside the server, on its database and sessions."""
    app = create_app(Settings.from_environ(site.environ))
    yield app
    dispose(app)


@pytest.fixture(scope="module")
def poster(desk: Typed) -> Poster:
    """A new poster at Barking Station."""
    return make_poster(desk)


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own: `open_page(width=320, scripts=False, **more)`, more as Playwright's
    `new_context` takes it."""
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(_watched(browser, site, **how))


@pytest.fixture(scope="module")
def sessions(beside: Flask) -> Callable[[str], str]:
    """The session of somebody with a role: what their cookie holds. Made once for a file."""

    @cache
    def session(role: str) -> str:
        held = client_of(beside, role).get_cookie("staff", path="/staff")
        assert held is not None
        return held.value

    return session


@pytest.fixture
def signed_in(open_page: Callable[..., Page], sessions: Callable[[str], str]) -> Iterator[Callable[..., Page]]:
    """Opens a page in which somebody is signed in: `signed_in("coordinator", width=320)`, the rest as `open_page` takes
    it. The cookie goes at the end, so that nothing else may stay."""
    opened: list[Page] = []

    def seat(role: str, **how: object) -> Page:
        page = open_page(**how)
        page.context.add_cookies(
            [{"name": "staff", "value": sessions(role), "domain": "127.0.0.1", "path": "/staff", "httpOnly": True}]
        )
        opened.append(page)
        return page

    yield seat
    for page in opened:
        page.context.clear_cookies()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page on a phone whose browser runs no scripts."""
    return open_page(scripts=False)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a phone whose browser runs scripts."""
    return open_page()


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Fails with every barrier that axe finds on a page as it stands."""
    return axe.check


@contextmanager
def _watched(
    browser: Browser, site: Site, *, scripts: bool = True, width: int = PHONE_WIDTH, height: int = PHONE_HEIGHT,
    **more: Any,
) -> Iterator[Page]:  # fmt: skip
    """A page in a context of its own, with what went wrong in it held against the test at the end."""
    more = {"locale": "en-GB", "device_scale_factor": 2, **more}
    context = browser.new_context(
        base_url=site.url, viewport={"width": width, "height": height}, java_script_enabled=scripts, **more
    )
    wrong: list[str] = []

    def note_request(asked: Request) -> None:
        if not asked.url.startswith((f"{site.url}/", "data:", "blob:", "about:")):
            wrong.append(f"asked for {asked.url}")

    def note_words(said: ConsoleMessage) -> None:
        expected = ("the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED")
        if said.type == "error" and not any(words in said.text for words in expected):
            wrong.append(said.text)  # our own policy was broken, say; an error page is not an error here

    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("request", note_request)
    page.on("console", note_words)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield page
        kept = context.storage_state(indexed_db=True)
    finally:
        context.close()
    assert wrong == []
    public = [cookie for cookie in kept.get("cookies", []) if (cookie["name"], cookie["path"]) != ("staff", "/staff")]
    assert (public, kept.get("origins")) == ([], [])

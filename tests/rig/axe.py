"""axe-core on a page as it stands in the browser: WCAG 2.0, 2.1, 2.2 A and AA, and its best practices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async tags => {
  const result = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return result.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200))}));
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong, one line for each rule with the elements that break it; empty when nothing is.

    axe needs timers, which a browser context without JavaScript has not: there, what stands on the page is shown
    once more in a context with them, its own scripts left out."""
    page.wait_for_load_state()
    with _with_scripts(page) as same:
        same.evaluate(_source())
        found: list[dict[str, Any]] = same.evaluate(_RUN, TAGS)
    return [f"{rule['id']}: {rule['help']}\n    " + "\n    ".join(rule["nodes"]) for rule in found]


def check(page: Page) -> None:
    """Fail with everything axe finds wrong."""
    found = violations(page)
    assert not found, f"{page.url} has {len(found)} kinds of barrier:\n" + "\n".join(found)


@contextmanager
def _with_scripts(page: Page) -> Iterator[Page]:
    if not page.evaluate("matchMedia('(scripting: none)').matches"):
        yield page
        return
    browser = page.context.browser
    assert browser is not None
    html, address = page.content(), page.url.partition("#")[0]

    def serve(route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    mirror = _mirror(browser, page.evaluate("navigator.language"))
    mirror.set_viewport_size(page.viewport_size or mirror.viewport_size)
    mirror.route("**/*", serve)
    try:
        mirror.goto(address)
        yield mirror
    finally:
        mirror.unroute("**/*", serve)
        mirror.goto("about:blank")


@cache
def _mirror(browser: Browser, language: str) -> Page:
    """One page for all that is looked at again: to open a new one each time takes longer than to look."""
    return browser.new_context(locale=language).new_page()


@cache
def _source() -> str:
    if not AXE.exists():
        raise RuntimeError("axe-core is not there: run `npm ci` (make test does).")
    return AXE.read_text()

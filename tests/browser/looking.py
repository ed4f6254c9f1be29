"""What a page must be for a narrow screen, a thumb, a keyboard and a screen reader, measured as it stands."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from tests.rig import axe

NARROW: Final = 320
"""CSS px: the narrowest phone, and a window of 1,280 at 400% (WCAG 2.2, 1.4.10)."""
TARGET: Final = 24
"""CSS px, WCAG 2.2, 2.5.8. A link within a sentence may be lower."""

_FAULTS: Final = """target => {
  const wrong = [], seen = e => { const b = e.getBoundingClientRect(); return b.width && b.height ? b : null; };
  const name = e => `<${e.localName}> ${(e.innerText || e.name || "").trim().slice(0, 40)}`;
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) {
    const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > innerWidth);
    wrong.push(`scrolls sideways, ${wide} px wide: ${out.slice(0, 3).map(name)}`);
  }
  for (const e of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const box = seen(e), inSentence = getComputedStyle(e).display === "inline" && e.parentElement.innerText.trim() !== e.innerText.trim();
    if (box && !inSentence && Math.min(box.width, box.height) < target)
      wrong.push(`${name(e)} is ${Math.round(box.width)} by ${Math.round(box.height)} px`);
  }
  for (const e of document.querySelectorAll("h1, h2, legend, label, button, .govuk-button, td, th"))
    if (seen(e) && !e.closest(".govuk-visually-hidden") && e.scrollWidth > e.clientWidth + 4 && getComputedStyle(e).display !== "inline")
      wrong.push(`the words of ${name(e)} run out of it`);
  return wrong;
}"""  # noqa: E501

_FOCUS: Final = r"""() => {
  let e = document.activeElement, left = 0, top = 0;
  while (e.contentDocument?.activeElement) {
    const pane = e.getBoundingClientRect();
    [left, top, e] = [left + pane.left, top + pane.top, e.contentDocument.activeElement];
  }
  const amber = "rgb(255, 201, 77)", drawn = (x, part) => {
    const style = x && getComputedStyle(x, part);
    const ring = style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return ring && !/, 0\)|transparent/.test(style.outlineColor) || style && style.backgroundColor === amber;
  };
  const box = e.getBoundingClientRect(), row = e.closest(".govuk-radios__item, .govuk-checkboxes__item") || e;
  return {
    what: `${e.localName} ${e.name || e.id || e.innerText || ""} ${e.value || ""}`.trim(),
    ringed: Boolean(drawn(e) || drawn(row) || drawn(e.nextElementSibling, "::before")),
    inSight: top + box.bottom > 0 && top + box.top < innerHeight
      && left + box.right > 0 && left + box.left < innerWidth,
  };
}"""
"""The ring of what has the keyboard, also in a frame of ours; or our amber, which stands for nothing else."""


def faults(page: Page) -> list[str]:
    """What is wrong with a page for eye and thumb: sideways scrolling, targets too small, words out of their box."""
    found: list[str] = page.evaluate(_FAULTS, TARGET)
    return found


def look(page: Page) -> None:
    """Fail with all that axe or a ruler finds on a page."""
    axe.check(page)
    found = faults(page)
    assert not found, f"{page.url} ({page.title()}) at {page.viewport_size}:\n" + "\n".join(found)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element that the selector names has the keyboard. Fails when it is not reached, or where
    the keyboard is cannot be seen on the way."""
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop["what"].startswith("body"):
            continue  # round the end of the page and on from its start
        assert stop["inSight"] and stop["ringed"], f"{page.title()}: nobody can see that the keyboard is at {stop}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.title()}: Tab never comes to {selector}")

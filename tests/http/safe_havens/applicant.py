"""Ayesha's answers, screen by screen, and walking the application with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.rig.client import Client

Filled = Mapping[str, str | Sequence[str]]

ANSWERS: Mapping[str, Filled] = {
    "What is the place called?": {"name": "Ayesha's Cafe"},
    "What kind of place is it?": {"kind": "cafe"},
    "Where is it?": {"address": "12 Station Parade, IG11 8TU", "place": "barking-station"},
    "Is this the right spot?": {},
    "Who is in charge?": {"name": "Ayesha Khan", "email": "ayesha@cafe.example", "phone": "020 8215 3000"},
    "Who else can we ask for?": {"name": "Sam Obi", "email": "sam@cafe.example"},
    "How are your opening hours?": {"pattern": "weekdays"},
    "When are you open?": {
        "Mo_shut": [], "Mo_from": "8am", "Mo_to": "6pm", "Sa_shut": [], "Sa_from": "9am", "Sa_to": "1am",
        "Su_shut": "yes",
    },
    "And on bank holidays?": {"holidays": "shut"},
    "Are there days with other hours?": {},
    "How many people are at work?": {"least_staff": "2"},
    "What can you offer?": {"facilities": ["seat", "charging"], "access": ["step_free"]},
    "Which languages do you speak there?": {"languages": ["English", "Urdu"], "others": "Pashto"},
    "What a Safe Haven promises": {"promises": ["welcome", "staff", "training", "sticker", "limits", "private"]},
    "May we show you on the public list?": {"consent": "yes"},
    "How did you hear of Safe Havens?": {"heard": "venue"},
}  # fmt: skip
CHECK = "Check your answers"


def walk(client: Client, changed: Mapping[str, Filled] | None = None, *, to: str = CHECK, at: Any = None) -> Any:
    """Go on from a page (the first, if none) until the screen with a heading; that page. changed: by heading."""
    page = at or client.press(client.get("/safe-havens/register"), "Start now")
    answers = {**ANSWERS, **(changed or {})}
    for _ in range(40):
        if page.page.h1 == to:
            return page
        page = go_on(client, page, answers[page.page.h1])
    raise AssertionError(f"{to!r} never came; the last was {page.page.h1!r}")


def go_on(client: Client, page: Any, filled: Filled) -> Any:
    """Fill in a screen and continue."""
    return client.press(page, "Yes, it is right" if page.page.h1 == "Is this the right spot?" else "Continue", filled)


def send(client: Client, changed: Mapping[str, Filled] | None = None) -> Any:
    """Apply; the page at the end."""
    return client.press(walk(client, changed), "Send")


def reference(page: Any) -> str:
    """What stands on the last page."""
    found: str = next(p for p in page.page.all("p") if p.get("class") == "app-code").text
    return found

"""A respondent as a test drives one: reads the page, presses a button, takes a moment to think."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from community.extensions import db
from community.surveys.models import Response
from tests.rig.client import Client
from tests.rig.forms import Values, press
from tests.rig.html_tree import Element
from tests.rig.pages import Page
from tests.service.surveys.world import World

THINKING_SECONDS = 20


class Clock:
    """The time of the test, moved by hand."""

    def __init__(self, traveller: Any) -> None:
        self.traveller = traveller

    def go_on(self, **time: float) -> None:
        self.traveller.shift(timedelta(**time))


class Respondent:
    """What a person sees is `page`; `status` is of the last answer from the server."""

    def __init__(self, client: Client, world: World, clock: Clock) -> None:
        self.client, self.world, self.clock = client, world, clock
        self.last: Any = None
        self._sent: tuple[str, Mapping[str, Any]] = ("", {})

    @property
    def address(self) -> str:
        return f"/q/{self.world.poster.code}"

    @property
    def page(self) -> Page:
        page: Page = self.last.page
        return page

    @property
    def status(self) -> int:
        status: int = self.last.status_code
        return status

    def scan(self, address: str | None = None, **headers: str) -> Respondent:
        """Open the poster's page, or another."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.last = self.client.get(address or self.address, headers=named)
        return self

    def press(self, words: str, values: Values | None = None, *, seconds: float = THINKING_SECONDS) -> Respondent:
        sending = press(self.page, words, values)
        assert sending.method == "post"
        self.clock.go_on(seconds=seconds - THINKING_SECONDS)
        return self.send(sending.grouped(), sending.action)

    def go_on(self, values: Values | None = None) -> Respondent:
        """Press the button that carries a form on, whatever it says in this language."""
        (words,) = [button.text for button in self.page.all("button") if "govuk-button" in (button.get("class") or "")]
        return self.press(words, values)

    def send(self, data: Mapping[str, Any], address: str | None = None) -> Respondent:
        """Post what a page would send, or by hand what no page would."""
        self.clock.go_on(seconds=THINKING_SECONDS)
        self._sent = (address or self.address, data)
        return self.send_again()

    def send_again(self) -> Respondent:
        """Reload: the browser asks, and sends the same once more."""
        address, data = self._sent
        self.last = self.client.post(address, data=data)
        return self

    def tap(self, option: str = "Very unsafe", *, age: str | None = None) -> Respondent:
        """Scan and tap; say an age if one is given."""
        self.scan().press(option)
        return self.press(age) if age else self

    @property
    def ticket(self) -> str:
        return hidden(self.page, "_ticket")

    @property
    def code(self) -> str:
        """The withdrawal code on the end page, as printed."""
        return next(element.text for element in self.page.all("p") if element.get("class") == "app-code")


def hidden(page: Page, name: str) -> str:
    """The value of a hidden field that stands on the page once."""
    (found,) = [field for field in page.all("input") if field.get("name") == name]
    assert found.get("type") == "hidden"
    return found.get("value") or ""


def names_of_controls(page: Page) -> list[str]:
    """What can be filled in or pressed, in page order, each name once; ours that begin with _ are left out."""
    controls: list[Element] = page.all("input", "select", "textarea", "button")
    names = [control.get("name") or "" for control in controls]
    return [name for name in dict.fromkeys(names) if name and not name.startswith("_")]


def buttons(page: Page) -> list[str]:
    return [button.text for button in page.all("button")]


def ids() -> list[bytes]:
    """The ids of all responses that are stored."""
    return list(db.session.scalars(select(Response.id)))

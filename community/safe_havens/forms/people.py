"""Who speaks for a venue: name, email address, and a phone number if they want."""

from __future__ import annotations

from community.safe_havens.forms.fields import Filled


def read_contact(filled: Filled) -> None:
    """The person in charge."""
    filled.text("name", most=120, missing="Enter the name of whoever is in charge.")
    filled.email("email", missing="Enter their email address. We write to it at each step.")
    filled.phone("phone")


def read_deputy(filled: Filled) -> None:
    """Whom we reach when the first is away; all of it may be left empty."""
    given = any(filled.raw(name) for name in ("name", "email", "phone"))
    filled.text("name", most=120, missing="Enter the deputy's name, or leave all three empty." if given else None)
    filled.email("email", missing="Enter the deputy's email address, or leave all three empty." if given else None)
    filled.phone("phone")

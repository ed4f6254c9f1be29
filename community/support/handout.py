"""What the card and the poster say: neutral words, numbers from the catalogue, the address of /help.

Somebody may find the card in a pocket or read the poster over a shoulder, so no line names a harm and none names a
service that gives one away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from community.support.catalogue import Service, by_id

HEADING: Final = "Good numbers to have"
POSTER_HEADING: Final = "Someone to talk to, day or night"
POSTER_PROMISE: Final = ("Most calls are free.", "You choose what you say.")
SILENT: Final = "Cannot speak? On a mobile, press 55 when asked."


class HandoutLine(NamedTuple):
    """number: to call or, when `text` says what to write, to text."""

    label: str
    number: str
    text: str | None = None


_LABELS: Final = (
    ("police_999", "In danger now"),
    ("nat_da_helpline", "Helpline, day and night"),
    ("childline", "Under 19, day and night"),
    ("rape_crisis_247", "16 or over, day and night"),
    ("samaritans", "To talk, day and night"),
    ("shout", "To text, day and night"),
    ("lbbd_dsv_service", "In the borough"),
)


def card_lines(services: Sequence[Service]) -> tuple[HandoutLine, ...]:
    """The lines of the card in order; a service that the public may not see today is left out."""
    known = by_id(services)
    lines = []
    for id, label in _LABELS:
        service = known.get(id)
        if service is not None and service.phone:
            lines.append(HandoutLine(label, service.phone))
        elif service is not None and service.sms:
            lines.append(HandoutLine(label, service.sms, service.sms_word))
    return tuple(lines)


def as_words(line: HandoutLine) -> str:
    """The number, and what to text to it.

    >>> as_words(HandoutLine("To text", "85258", "SHOUT")), as_words(HandoutLine("To talk", "116 123"))
    ('SHOUT to 85258', '116 123')
    """
    return f"{line.text} to {line.number}" if line.text else line.number


def by_text(number: str | None) -> tuple[str, ...]:
    """How to text us, and what it costs; nothing when we take no texts. "hello" is no word that a network answers."""
    return (f"Or text hello to {number}", "A text costs your normal rate.") if number else ()


def typed_address(base_url: str) -> str:
    """The address of the help pages as people type it."""
    return f"{base_url.removeprefix('https://').removeprefix('http://')}/help"

"""What stands on each paper: the one source of its words, for print and page. Facts are handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from community.safe_havens.agreement import agreement, as_said, keep_out_rule
from community.support.catalogue import Service, by_id

FILE: Final = Path(__file__).parent.parent / "words" / "advice.yaml"

SCHEME: Final = "Safe Haven"
WELCOME: Final = "Feel unsafe, unwell or lost? Come in. We will help."
DANGER: Final = "In danger now? Call 999"
SILENT: Final = "Cannot speak? On a mobile, press 55 when asked."
ICE_HEADING: Final = "In case of emergency"
ICE_LINES: Final = ("My name", "Call first", "Phone", "Or call", "Phone", "My health, if I want to say")
ICE_BACK: Final = "Show this card in a Safe Haven. Staff will call for you."

_CALL: Final = (
    ("police_999", "Danger, a crime now, or somebody very ill"),
    ("police_101", "Police, when it can wait"),
    ("nhs_111_2", "Somebody in a mental health crisis"),
    ("nat_da_helpline", "Somebody hurt or controlled at home"),
    ("rape_crisis_247", "Somebody raped or sexually assaulted, 16 or over"),
    ("childline", "Somebody under 19 who wants to talk"),
    ("samaritans", "Anyone who wants to talk, day and night"),
    ("victim_support", "Somebody hurt by a crime"),
    ("lbbd_dsv_service", "Help with domestic or sexual violence in the borough"),
    ("lbbd_mash", "A child in the borough you are worried about"),
    ("lbbd_adult_safeguarding", "An adult in the borough you are worried about"),
)


@dataclass(frozen=True)
class Sticker:
    """serial: as printed. address: where it is checked, whole; typed: the same as people type it."""

    name: str
    serial: str
    address: str
    typed: str
    organisation: str
    contact: str


@dataclass(frozen=True)
class Step:
    """One of the five steps."""

    heading: str
    words: str


@dataclass(frozen=True)
class StaffCard:
    """What hangs behind the counter. page: the team's page, as people type it; code: as printed."""

    name: str
    code: str
    page: str
    steps: tuple[Step, ...]
    keep_out: str
    contact: str


@dataclass(frozen=True)
class Call:
    """Whom to call for what. number: to dial, or what to text where."""

    why: str
    name: str
    number: str
    hours: str
    checked_on: date


@dataclass(frozen=True)
class Pack:
    """The advice pack. parts: (heading, lines)."""

    steps: tuple[Step, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    keep_out: str
    calls: tuple[Call, ...]
    agreement: tuple[tuple[str, tuple[str, ...]], ...]
    version: str
    organisation: str
    contact: str


def steps() -> tuple[Step, ...]:
    """The five steps for staff, after the council's own advice."""
    return tuple(Step(**step) for step in _read()["steps"])


def keep_out(*, keeps_out: bool) -> str:
    """The council's rule about a threatening person."""
    return keep_out_rule(keeps_out=keeps_out)


def pack(services: Sequence[Service], *, keeps_out: bool, organisation: str, contact: str) -> Pack:
    """services: those the public may see today; one that it may not see is left out."""
    agreed = agreement(keeps_out=keeps_out)
    return Pack(
        steps=steps(),
        parts=tuple(
            (part["heading"], tuple(as_said(line, keeps_out=keeps_out) for line in part["lines"]))
            for part in _read()["more"]
        ),
        keep_out=keep_out(keeps_out=keeps_out),
        calls=tuple(_calls(services)),
        agreement=tuple((heading, tuple(lines)) for heading, lines in agreed.parts),
        version=agreed.version,
        organisation=organisation,
        contact=contact,
    )


def _calls(services: Sequence[Service]) -> list[Call]:
    known = by_id(services)
    found = []
    for id, why in _CALL:
        service = known.get(id)
        number = service.phone or service.email if service else None
        if service is not None and number:
            hours = "day and night" if service.always_open else service.hours or ""
            found.append(Call(why, service.name, number, hours, service.checked_on))
    return found


@cache
def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found

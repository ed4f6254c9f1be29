"""The fixed letters to venues and coordinators: words/letters.yaml with facts put in, sent once a change is stored."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from community.safe_havens.models import SafeHaven
from community.safe_havens.service import links, team_codes
from community.safe_havens.service.post import post
from community.shared.runtime import runtime
from community.staff.service import accounts

log = logging.getLogger(__name__)

FILE: Final = Path(__file__).parent.parent / "words" / "letters.yaml"
PERMISSION: Final = "manage_havens"


@dataclass(frozen=True)
class Letter:
    """to: "venue", "coordinators", or "typed" (an address somebody typed). facts: what the caller must give."""

    to: str
    subject: str
    body: str
    facts: tuple[str, ...] = ()


@cache
def letters() -> Mapping[str, Letter]:
    """Every letter there is, by its name."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: Letter(**{**one, "facts": tuple(one.get("facts", ()))}) for name, one in read.items()}


def send(haven: SafeHaven, letter: str, **facts: object) -> None:
    """Write to those who speak for a venue, after the commit. facts: those the letter names; a date is told as
    "3 August 2026", several lines as a list. A venue whose contacts were erased gets none."""
    _letter(letter, "venue", facts)
    for address in dict.fromkeys(contact.email for contact in haven.contacts):
        send_one(haven, address, letter, **facts)


def send_one(haven: SafeHaven, address: str, letter: str, **facts: object) -> None:
    """The same to one of those who speak for a venue. A link in it is theirs alone."""
    post(address, *_written(_letter(letter, "venue", facts), _OfVenue(haven, address, facts)))


def send_to(address: str, letter: str, **facts: object) -> None:
    """Write to an address that somebody typed, after the commit."""
    post(address, *_written(_letter(letter, "typed", facts), _Facts(facts)))


def to_coordinators(letter: str, **facts: object) -> None:
    """Write to everybody who looks after Safe Havens and may sign in, after the commit."""
    subject, body = _written(_letter(letter, "coordinators", facts), _Facts(facts))
    readers = [one for one in accounts.everyone() if one.may(PERMISSION) and accounts.may_sign_in(one)]
    if not readers:
        log.warning("nobody looks after Safe Havens: a letter to coordinators was not sent")
    for reader in readers:
        post(reader.email, subject, body)


def _letter(name: str, to: str, facts: Mapping[str, object]) -> Letter:
    found = letters()[name]
    if found.to != to or set(found.facts) != facts.keys():
        raise ValueError(f"the letter {name!r} is for {found.to} and takes {sorted(found.facts)}, not {sorted(facts)}")
    return found


def _written(letter: Letter, facts: _Facts) -> tuple[str, str]:
    """Subject and body. A subject is one line, and holds nothing that mail would read as coded text: a name could hide
    the end of a line, and with it a header of its own, in one."""
    subject = " ".join(letter.subject.format_map(facts).split()).replace("=?", "= ?")
    return subject, letter.body.format_map(facts)


class _Facts(dict[str, Any]):
    """What a letter may name; made when it is asked for, so that no letter makes a link it does not carry."""

    def __init__(self, given: Mapping[str, object]) -> None:
        super().__init__({name: _told(fact) for name, fact in given.items()})

    def __missing__(self, name: str) -> str:
        settings = runtime().settings
        match name:
            case "organisation":
                return settings.organisation.name
            case "contact":
                return settings.organisation.contact
            case "team_page" | "register_page" | "desk":
                paths = {"team_page": "/safe-havens/team", "register_page": "/safe-havens/register"}
                return settings.public_base_url + paths.get(name, "/staff/havens")
            case _:
                raise KeyError(name)


class _OfVenue(_Facts):
    def __init__(self, haven: SafeHaven, address: str, given: Mapping[str, object]) -> None:
        super().__init__({"name": haven.name, "reference": haven.reference, **given})
        self._haven, self._address = haven, address

    def __missing__(self, name: str) -> str:
        if name == "link":
            self[name] = links.address_of(links.new_link(self._haven, self._address))
            found: str = self[name]
            return found
        if name == "team_code":
            return team_codes.printed(self._haven)
        return super().__missing__(name)


def _told(fact: object) -> str:
    if isinstance(fact, date):
        return f"{fact.day} {fact:%B %Y}"
    if isinstance(fact, (list, tuple)):
        return "\n".join(f"- {line}" for line in fact)
    return str(fact)

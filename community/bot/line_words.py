"""How a service stands in a text: how to reach it, and in a word or three who it is for and whether it is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from community.bot.wording import gives_away, labels, part
from community.support.catalogue import Service
from community.support.matching import Match, Person

NEUTRAL: Final = frozenset(
    {"men", "women", "anyone", "option 2", "for change", "older people", "housing", "council, nights", "council, adult"}
)
"""Labels that may stand in a first text."""
COUNCIL: Final = "lbbd.gov.uk"
"""The council's front page: of no use to somebody who looks for one team."""


def compose(matches: Sequence[Match], person: Person, *, quiet: bool) -> str:
    """ "Trained people, free, 24 hours: 0808 2000 247 or 116 123". What all share is said once. In a first text
    who only takes word of something stands apart, so that nobody takes them for somebody to talk to."""
    takers = [found for found in matches if quiet and not found.service.listens]
    if takers:
        heard = compose([found for found in matches if found not in takers], person, quiet=True)
        return f"{heard}. {part('head_word')}: {_listed([contact(one.service, person, quiet=True) for one in takers])}"
    shared = []
    if all(found.service.free for found in matches):
        shared.append(part("free"))
    if all(found.service.always_open for found in matches):
        shared.append(part("always"))
    said = part("always") in shared
    items = [_item(found, person, quiet=quiet, say_always=not said) for found in matches]
    head = ", ".join([part("head" if quiet else "head_more"), *(shared if quiet else ())])
    if not quiet and shared:
        items[-1] += f". All {' and '.join(shared)}" if len(items) > 1 else f", {', '.join(shared)}"
    return f"{head}: {_listed(items)}"


def _item(found: Match, person: Person, *, quiet: bool, say_always: bool) -> str:
    service = found.service
    notes = [label(service, quiet=quiet), ages(service, person)]
    if say_always and service.always_open:
        notes.append(part("always"))
    elif found.opens:
        notes.append(
            part("shut_until", when=found.opens.removeprefix("opens ")) if "opens" in found.opens else found.opens
        )
    elif not found.is_open and (service.phone or service.sms):
        notes.append(part("hours_vary"))
    said = ", ".join(note for note in notes if note)
    reach = contact(service, person, quiet=quiet)
    return f"{reach} ({said})" if said else reach


def label(service: Service, *, quiet: bool) -> str:
    """Who it is for; in a quiet text only what gives nobody away."""
    said = labels().get(service.id, "")
    if not quiet or said in NEUTRAL:
        return said
    return part("for_women") if service.gender == "women" else ""


def ages(service: Service, person: Person) -> str:
    """For whom by age, where we do not know that it is for them."""
    if person.served_as is not None and service.takes(person.served_as):
        return ""
    if service.age_min and service.age_max is None:
        return part("ages_from", least=str(service.age_min))
    if service.age_max is not None:
        return part("ages_to", most=str(service.age_max + 1))
    return ""


def contact(service: Service, person: Person, *, quiet: bool = False) -> str:
    """How to reach it, in as few letters as there are; by text first for somebody who cannot hear a call. quiet: no
    address that gives them away."""
    by_text = ""
    if service.sms and service.sms_word:
        by_text = part("word_by_text", word=service.sms_word, number=service.sms)
    elif service.sms:
        by_text = part("by_text", number=service.sms)
    page = short(service.web or "")
    if "deaf" in person.facets and page != COUNCIL and not (quiet and gives_away(page)):
        return by_text or page or service.phone or ""
    return service.phone or by_text or page


def short(address: str) -> str:
    """An address as people type it."""
    return address.rpartition("://")[2].removeprefix("www.").rstrip("/")


def _listed(items: Sequence[str]) -> str:
    if len(items) == 2 and not any("(" in item for item in items):
        return " or ".join(items)
    return "; ".join(items) if any("," in item for item in items) else ", ".join(items)

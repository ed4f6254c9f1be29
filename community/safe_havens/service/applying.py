"""An application comes in: once, with a reference, told to the applicant and to the coordinators."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.exc import IntegrityError

from community.extensions import db
from community.places.codes import ALPHABET
from community.places.geometry import distance_m
from community.places.slugs import numbered, plain, slugify
from community.safe_havens import venue_queries
from community.safe_havens.models import HavenContact, HavenEvent, HavenException, SafeHaven
from community.safe_havens.service import letters, team_codes
from community.shared.errors import UserError
from community.shared.runtime import runtime
from community.staff import audit

ALIKE_M: Final = 150
"""Two venues of one name this near may be the same."""
RESERVED: Final = frozenset({"advice", "check", "ice-card", "map", "places", "register", "team", "yours"})
"""Words that are addresses of our own under /safe-havens."""
TRIES: Final = 20


class AppliedAlready(UserError):
    """The same name at the same address waits for an answer; whoever sends it all the same is not kept out."""

    def __init__(self) -> None:
        super().__init__("A place of this name and address may be with us already.")


@dataclass(frozen=True)
class Contact:
    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Application:
    """All that a venue tells of itself. kind: of kinds.HAVEN_KINDS. place: a slug, or "" for none. lat, lon: degrees,
    WGS84. opening and exceptions: as support.hours writes them. offers: keys of kinds.OFFERED."""

    name: str
    kind: str
    address: str
    place: str
    lat: float
    lon: float
    contact: Contact
    deputy: Contact | None
    opening: str
    exceptions: Sequence[tuple[date, str]]
    least_staff: int
    offers: Sequence[str]
    languages: Sequence[str]
    consents: bool
    heard_from: str | None = None
    insured_until: date | None = None
    safeguarding_trained: bool | None = None
    night_charter: bool | None = None


@dataclass(frozen=True)
class Submitted:
    """is_new: false when this form had been sent before."""

    haven: SafeHaven
    is_new: bool


def submit(application: Application, *, nonce: str, on: date, anyway: bool = False, write: bool = True) -> Submitted:
    """Store an application; flushed, not committed. nonce: of its form: the same one gives the same application and
    reference, however often it is sent. anyway: also where the very same venue waits already. write: whether the
    applicant is sent a letter. Raises AppliedAlready."""
    for _ in range(TRIES):
        reference = reference_of(nonce)
        if (found := venue_queries.by_reference(reference)) is not None:
            return Submitted(found, is_new=False)
        alike = look_alikes(application.name, application.address, application.lat, application.lon)
        if not anyway and any(
            one.status == "applied" and is_same(one, application.name, application.address) for one in alike
        ):
            raise AppliedAlready
        haven = _row(application, reference, on)
        try:
            with db.session.begin_nested():
                db.session.add(haven)
        except IntegrityError:  # the same form, or a slug like ours, at the same moment: look again
            continue
        _tell(haven, alike, write=write)
        return Submitted(haven, is_new=True)
    raise RuntimeError("no free slug or reference could be found")


def look_alikes(name: str, address: str, lat: float, lon: float, *, other_than: int | None = None) -> list[SafeHaven]:
    """Venues in the scheme, or that have applied, which may be this one: of its name and near, at its address and near,
    or of its name and address wherever their spot is. By id."""
    near = [
        haven
        for haven in venue_queries.in_the_scheme_near(lat, lon)
        if plain(haven.address) == plain(address)
        or (plain(haven.name) == plain(name) and distance_m(lat, lon, haven.lat, haven.lon) <= ALIKE_M)
    ]
    named = [id for id, *said in venue_queries.names_in_the_scheme() if _bare(*said) == _bare(name, address)]
    found = {haven.id: haven for haven in (*near, *venue_queries.by_ids(named))}
    return [found[id] for id in sorted(found) if id != other_than]


def is_same(haven: SafeHaven, name: str, address: str) -> bool:
    """Whether name and address are the same, however they are written."""
    return _bare(haven.name, haven.address) == _bare(name, address)


def reference_of(nonce: str) -> str:
    """What the applicant is given: `SH-` and nine characters that follow from the form (45 bits: among ten thousand
    venues two forms meet once in 700,000 such lists)."""
    key = b"haven reference " + runtime().settings.secret_key.encode()
    number = int.from_bytes(hmac.new(key, nonce.encode(), hashlib.sha256).digest())
    return "SH-" + "".join(ALPHABET[(number >> 5 * at) & 31] for at in range(9))


def _bare(*said: str) -> list[str]:
    """Letters and figures alone: "IG11 8TU" and "ig118tu" are one."""
    return [plain(one).replace(" ", "") for one in said]


def _note_prospects(haven: SafeHaven) -> None:
    """A business on the list of those to approach has come by itself: of this name, and near."""
    for prospect in venue_queries.prospects_near(haven.lat, haven.lon):
        near = distance_m(haven.lat, haven.lon, prospect.lat, prospect.lon) <= ALIKE_M
        if plain(prospect.name) == plain(haven.name) and (near or plain(prospect.address) == plain(haven.address)):
            prospect.haven_id, prospect.answer = haven.id, "applied"


def _row(application: Application, reference: str, on: date) -> SafeHaven:
    a = application
    people = [("contact", a.contact), *([("deputy", a.deputy)] if a.deputy else [])]
    return SafeHaven(
        slug=_free_slug(a.name, reference),
        reference=reference,
        name=a.name,
        kind=a.kind,
        status="applied",
        address=a.address,
        place_id=venue_queries.place_id(a.place) if a.place else None,
        lat=a.lat,
        lon=a.lon,
        opening=a.opening,
        least_staff=a.least_staff,
        offers=list(a.offers),
        languages=list(a.languages),
        keeps_out=runtime().settings.havens.keeps_out,
        consents=a.consents,
        insured_until=a.insured_until,
        safeguarding_trained=a.safeguarding_trained,
        night_charter=a.night_charter,
        heard_from=a.heard_from,
        applied_on=on,
        contacts=[HavenContact(role=role, name=p.name, email=p.email, phone=p.phone) for role, p in people],
        exceptions=[HavenException(on_day=day, opening=hours) for day, hours in a.exceptions],
        events=[HavenEvent(event="applied", happened_on=on)],
    )


def _free_slug(name: str, reference: str) -> str:
    try:
        slug = slugify(name)
    except ValueError:  # a name without a Latin letter or figure
        slug = reference.lower()
    taken = venue_queries.slugs_like(slug) | RESERVED
    return next(one for n in range(1, len(taken) + 2) if (one := numbered(slug, n)) not in taken)


def _tell(haven: SafeHaven, alike: Sequence[SafeHaven], *, write: bool) -> None:
    team_codes.ensure(haven)
    _note_prospects(haven)
    names = ", ".join(f"{one.name} ({one.reference})" for one in alike)
    audit.record("haven.apply", haven.slug, {"looks_like": " ".join(one.slug for one in alike)} if alike else {})
    if write:  # to the contact alone: a deputy hears of it once a person has read the form
        letters.send_one(haven, haven.contacts[0].email, "received")
    like = f"It looks like {names}. Please see whether they are the same.\n" if alike else ""
    if any(one.status == "applied" and is_same(one, haven.name, haven.address) for one in alike):
        like += "Name and address are the same. One form may not be from the place: ask there who sent it.\n"
    letters.to_coordinators("new_application", name=haven.name, reference=haven.reference, like=like)

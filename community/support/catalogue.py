"""The support catalogue: who can help, with where each fact was read and when it was checked.

Read from `services.yaml` once and held in memory, so that help is there when the database is not. Nothing else in the
house writes a helpline's number: pages, boxes and replies take it from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from community.support import hours

FILE: Final = Path(__file__).with_name("services.yaml")

TOPICS: Final = frozenset(
    {"danger_now", "domestic_abuse", "sexual_violence", "child_abuse", "self_harm", "robbery", "violence", "harassment",
     "image_abuse", "exploitation", "forced_marriage", "hate", "own_behaviour", "report", "unsafe_place",
     "antisocial_behaviour", "worried_about_child", "worried_about_adult", "young_person", "legal_advice", "housing",
     "immigration", "drugs_alcohol", "extremism"}
)  # fmt: skip
"""What a service may help with. forced_marriage includes honour-based abuse and FGM; harassment includes stalking."""
GENDERS: Final = frozenset({"any", "women", "men", "men_and_nonbinary"})
COMMUNITIES: Final = frozenset(
    {"deaf", "disabled", "lgbt", "older", "black_and_minoritised", "migrant", "muslim", "jewish"}
)

CHECK_AFTER: Final = timedelta(days=90)
HIDE_AFTER: Final = timedelta(days=180)


class CatalogueError(ValueError):
    """The catalogue cannot be used. Says every fault, with its line and service."""


@dataclass(frozen=True)
class Service:
    """One service. None and empty mean not known. Ages are in years, both ends included. webchat: an address, or
    words that say where. checked_on: a London day; to_check: what staff should ask the service about. opening: its
    hours as `hours.parse` reads them. listens: false where word of a crime, a place or a picture is taken and nobody is
    there to talk to. verified: false until a person has confirmed facts that no good source gave."""

    id: str
    name: str
    for_who: str
    topics: tuple[str, ...]
    area: str
    source: tuple[str, ...]
    checked_on: date
    checked_by: str
    phone: str | None = None
    sms: str | None = None
    sms_word: str | None = None
    email: str | None = None
    web: str | None = None
    webchat: str | None = None
    hours: str | None = None
    opening: str | None = None
    always_open: bool = False
    note: str | None = None
    age_min: int | None = None
    age_max: int | None = None
    gender: str = "any"
    community: tuple[str, ...] = ()
    free: bool | None = None
    languages: str | None = None
    access: tuple[str, ...] = ()
    source_date: str | None = None
    to_check: str | None = None
    core: bool = False
    listens: bool = True
    verified: bool = True

    @property
    def is_helpline(self) -> bool:
        """Whether a trained person listens, by call or text, at any hour. Lines and pages that only take word of
        something are not counted, nor are the police."""
        return self.listens and self.always_open and bool(self.phone or self.sms)

    @property
    def can_be_reached(self) -> bool:
        return bool(self.phone or self.sms or self.web or self.email)

    @property
    def is_police(self) -> bool:
        return self.id in _POLICE

    def takes(self, age_least: int | None) -> bool:
        """Whether the service is for someone at least this old. Someone whose age is not known may be any age."""
        if age_least is None:
            return True
        return (self.age_min or 0) <= age_least <= (200 if self.age_max is None else self.age_max)

    def is_open(self, now: datetime) -> bool | None:
        """Whether it is open; None when its hours are not known. now: aware, in London."""
        if self.always_open:
            return True
        return None if self.opening is None else hours.parse(self.opening).is_open(now)

    def opens(self, now: datetime) -> str:
        """ "opens Monday 9am" when it is shut; "" when it is open or its hours are not known."""
        if self.always_open or self.opening is None:
            return ""
        return hours.opens_in_words(hours.parse(self.opening), now)


_POLICE = frozenset({"police_999", "police_999_55", "emergency_sms", "police_101", "btp"})


def shown(service: Service, today: date) -> bool:
    """Whether the public may see it: confirmed, and checked in the last 180 days or of the national core."""
    return service.verified and (service.core or today - service.checked_on <= HIDE_AFTER)


def hidden_from(service: Service) -> date | None:
    """The first London day on which the public no longer sees it, unless somebody checks it before; None for the
    national core, which stays, and for what waits to be confirmed, which nobody sees."""
    return None if service.core or not service.verified else service.checked_on + HIDE_AFTER + timedelta(days=1)


def needs_check(service: Service, today: date) -> bool:
    """Whether staff should be told that nobody has checked it for more than 90 days."""
    return today - service.checked_on > CHECK_AFTER


def by_topic(topic: str, services: Iterable[Service]) -> tuple[Service, ...]:
    """The services that help with a topic, in the order given."""
    return tuple(service for service in services if topic in service.topics)


def by_id(services: Iterable[Service]) -> Mapping[str, Service]:
    return {service.id: service for service in services}


@cache
def load() -> tuple[Service, ...]:
    """The catalogue that ships, in the order of its file, without the entries that wait for a person to confirm them.
    Raises CatalogueError."""
    return tuple(service for service in load_all() if service.verified)


@cache
def load_all() -> tuple[Service, ...]:
    """Every entry of the file, for staff and for what they confirm. Raises CatalogueError."""
    return parse(FILE.read_text("utf-8"), name=FILE.name)


def parse(text: str, *, name: str = "services.yaml") -> tuple[Service, ...]:
    """A catalogue's text as services. Raises CatalogueError with every fault found."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        plain = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{name}: this is not YAML ({error})") from None
    if not isinstance(plain, dict) or not isinstance(plain.get("services"), list) or not plain["services"]:
        raise CatalogueError(f"{name}: write a list under 'services:'")
    defaults = {key: plain[key] for key in ("checked_on", "checked_by") if key in plain}
    faults: list[str] = []
    services: list[Service] = []
    seen: set[str] = set()
    for line, entry in zip(_lines(root), plain["services"], strict=True):
        who = entry.get("id", "a service without id") if isinstance(entry, dict) else "an entry that is no mapping"
        found = [] if isinstance(entry, dict) else ["write 'name: value' lines"]
        if isinstance(entry, dict):
            entry = {**defaults, **entry}  # noqa: PLW2901
            found = list(_faults(entry))
            if entry.get("id") in seen:
                found.append("this id stands twice")
            seen.add(str(entry.get("id")))
            if not found:
                services.append(Service(**{key: _tupled(value) for key, value in entry.items()}))
        faults += [f"{name} line {line}: {who}: {fault}" for fault in found]
    if faults:
        raise CatalogueError("\n".join(faults))
    return tuple(services)


def _lines(root: yaml.Node | None) -> Sequence[int]:
    assert isinstance(root, yaml.MappingNode)
    for key, value in root.value:
        if key.value == "services":
            return [item.start_mark.line + 1 for item in value.value]
    return ()


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_PHONE = re.compile(r"\d[\d ]{1,14}\d\Z")
_WEB = re.compile(r"https?://[^\s\"'<>]+\Z")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_WORDS = ("id", "name", "for_who", "area", "checked_by", "hours", "note", "languages", "source_date", "to_check",
          "webchat", "sms_word")  # fmt: skip
_LISTS: Final = {"topics": TOPICS, "community": COMMUNITIES, "source": None, "access": None}
_NEEDED = frozenset(field.name for field in fields(Service) if field.default is MISSING)


def _faults(entry: Mapping[str, Any]) -> Iterable[str]:
    """What is wrong with one entry, in words that say what to write."""
    names = {field.name for field in fields(Service)}
    yield from (f"{key!r} is not a field" for key in entry if key not in names)
    yield from (f"{key!r} is missing" for key in sorted(_NEEDED - entry.keys()))
    for key in _WORDS:
        if key in entry and (not isinstance(entry[key], str) or not entry[key].strip()):
            yield f"{key!r} must be words (put quotes round a number)"
    for key, pattern, form in (
        ("phone", _PHONE, "digits and spaces, in quotes if it has no space"),
        ("sms", _PHONE, "digits and spaces, in quotes if it has no space"),
        ("web", _WEB, "an address that begins https://"),
        ("email", _EMAIL, "an email address"),
    ):
        if key in entry and not (isinstance(entry[key], str) and pattern.match(entry[key])):
            yield f"{key!r} must be {form}"
    for key, known in _LISTS.items():
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            yield f"{key!r} must be a list of words"
        elif known is not None:
            yield from (f"{value!r} is not a {key} we know: {sorted(known)}" for value in values if value not in known)
    yield from _faults_of_kind(entry)


def _faults_of_kind(entry: Mapping[str, Any]) -> Iterable[str]:
    for key in ("always_open", "core", "free", "listens", "verified"):
        if key in entry and not isinstance(entry[key], bool):
            yield f"{key!r} must be true or false"
    ages = [entry.get("age_min", 0), entry.get("age_max", 120)]
    for key, age in zip(("age_min", "age_max"), ages, strict=True):
        if type(age) is not int or not 0 <= age <= 120:
            yield f"{key!r} must be an age in years"
    if all(type(age) is int for age in ages) and ages[0] > ages[1]:
        yield "'age_min' is above 'age_max'"
    if entry.get("gender", "any") not in GENDERS:
        yield f"'gender' must be one of {sorted(GENDERS)}"
    if "checked_on" in entry and not isinstance(entry["checked_on"], date):
        yield "'checked_on' must be a day such as 2026-11-20"
    if entry.get("verified", True) and not any(entry.get(key) for key in ("phone", "sms", "web", "email")):
        yield "give at least one way to reach it: phone, sms, web or email"
    if entry.get("topics") == [] or entry.get("source") == []:
        yield "'topics' and 'source' must each say something"
    if (entry.get("always_open") or "opening" in entry) and not entry.get("hours"):
        yield "'always_open' and 'opening' need 'hours' in words"
    if "opening" in entry:
        try:
            hours.parse(str(entry["opening"]))
        except hours.HoursError as error:
            yield f"'opening': {error}"

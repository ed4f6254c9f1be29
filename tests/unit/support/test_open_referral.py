"""The directory in the form of Open Referral UK: what the profile asks for, and nothing that we do not know.

SCHEMA holds, in our own words, what profile 3.0 says of the fields that we send: kinds, formats, what must be there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.support.catalogue import Service, by_id, load, load_all
from community.support.open_referral import MOST_PER_PAGE, brief, chosen, full, identifier, page_of

SERVICES = load()

FORMATS = {
    "uuid": lambda text: re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text),
    "uri": lambda text: re.fullmatch(r"https?://\S+", text),
    "email": lambda text: re.fullmatch(r"\S+@\S+", text),
    "date": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\d", text),
    "date-time": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text),
    "time": lambda text: re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", text),
    "words": lambda text: text.strip() == text != "",
    "byday": lambda text: re.fullmatch(r"(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*", text),
    "active": lambda text: text == "active",
    "WEEKLY": lambda text: text == "WEEKLY",
}
TERM = {"id!": "uuid", "name!": "words", "description!": "words", "taxonomy": "words", "term": "words"}
BRIEF: dict[str, Any] = {
    "id!": "uuid", "name!": "words", "status!": "active", "description": "words", "url": "uri", "email": "email",
    "fees": "words", "minimum_age": int, "maximum_age": int, "assured_date": "date", "last_modified": "date-time",
    "organization": {"id!": "uuid", "name!": "words", "description!": "words", "website": "uri"},
}  # fmt: skip
SCHEMA: dict[str, Any] = BRIEF | {
    "schedules": [
        {"id!": "uuid", "freq": "WEEKLY", "interval": int, "byday": "byday", "description": "words",
         "opens_at": "time", "closes_at": "time", "notes": "words"}
    ],
    "service_areas": [{"id!": "uuid", "name": "words", "service_area": "words"}],
    "languages": [{"id!": "uuid", "name": "words"}],
    "cost_options": [{"id!": "uuid", "option": "words", "amount": int}],
    "contacts": [
        {"id!": "uuid", "name": "words",
         "phones": [{"id!": "uuid", "number": "words", "type": "words", "description": "words"}]}
    ],
    "attributes": [{"id!": "uuid", "link_id": "uuid", "link_type": "words", "taxonomy_term": TERM}],
}  # fmt: skip


def faults(document: Any, schema: Any, where: str = "") -> list[str]:
    """What of a document breaks a schema of the kind above ("name!" must be there), with where it stands."""
    if isinstance(schema, list):
        return [fault for item in document for fault in faults(item, schema[0], f"{where}[]")]
    if isinstance(schema, dict):
        kinds = {name.rstrip("!"): kind for name, kind in schema.items()}
        found = [f"{where}.{name[:-1]} is missing" for name in schema if name[-1] == "!" and name[:-1] not in document]
        found += [f"{where}.{name} is not in the profile" for name in document if name not in kinds]
        return found + [
            f for name in document if name in kinds for f in faults(document[name], kinds[name], f"{where}.{name}")
        ]
    if schema is int:
        return [] if type(document) is int else [f"{where} is no number"]
    return [] if isinstance(document, str) and FORMATS[schema](document) else [f"{where} is no {schema}: {document!r}"]


@pytest.mark.parametrize("service", load_all(), ids=lambda service: service.id)
def test_every_service_fits_the_profile_whole_and_in_the_list(service: Service) -> None:
    assert faults(full(service), SCHEMA) == []
    assert faults(brief(service), BRIEF) == []


def test_the_check_finds_what_does_not_fit() -> None:
    sound = full(by_id(SERVICES)["galop"])
    for broken in ({"id": "7"}, {"status": "open"}, {"url": "galop.org.uk"}, {"minimum_age": "16"}, {"extra": "x"}):
        assert faults(sound | broken, SCHEMA)
    assert faults({key: value for key, value in sound.items() if key != "name"}, SCHEMA) == [".name is missing"]
    assert faults(sound | {"contacts": [{"name": "x"}]}, SCHEMA) == [".contacts[].id is missing"]


def test_no_two_things_share_an_identifier() -> None:
    seen: list[str] = []

    def collect(document: Any) -> None:
        if isinstance(document, list):
            for item in document:
                collect(item)
        elif isinstance(document, dict):
            seen.append(document["id"])
            for name, value in document.items():
                if name != "taxonomy_term":  # a term is one thing, whoever uses it
                    collect(value)

    collect([full(service) for service in SERVICES])
    assert len(seen) == len(set(seen))


def test_numbers_ages_hours_and_the_day_of_the_check_are_passed_on() -> None:
    found = full(by_id(SERVICES)["galop"])
    assert found["contacts"][0]["phones"][0]["number"] == by_id(SERVICES)["galop"].phone
    assert found["assured_date"] == "2026-11-20"
    assert [(s["byday"], s["opens_at"], s["closes_at"]) for s in found["schedules"]] == [
        ("MO,TU,WE,TH", "10:00:00", "20:30:00"),
        ("FR", "10:00:00", "16:30:00"),
    ]
    childline = full(by_id(SERVICES)["childline"])
    assert (childline.get("minimum_age"), childline["maximum_age"], childline["fees"]) == (None, 18, "Free")
    assert childline["schedules"][0]["byday"] == "MO,TU,WE,TH,FR,SA,SU"


def test_what_is_not_known_is_left_out() -> None:
    bare = full(replace(by_id(SERVICES)["galop"], opening=None, free=None, web=None, email=None, phone=None, sms=None))
    assert not {"schedules", "cost_options", "url", "email", "fees", "contacts", "minimum_age"} & bare.keys()


def test_an_identifier_stays_the_same_for_ever() -> None:
    assert identifier("service", "childline") == "a14905c4-ce5a-59f3-960c-034906eb2754"


@given(st.integers(1, 90), st.integers(1, MOST_PER_PAGE))
def test_pages_hold_every_service_once_and_say_where_they_stand(number: int, size: int) -> None:
    first = page_of(SERVICES, number=1, size=size)
    pages = [page_of(SERVICES, number=n, size=size) for n in range(1, first["total_pages"] + 1)]
    assert [one["id"] for page in pages for one in page["contents"]] == [identifier("service", s.id) for s in SERVICES]
    assert [page["first_page"] for page in pages].index(True) == 0
    assert [page["last_page"] for page in pages].index(True) == len(pages) - 1
    asked = page_of(SERVICES, number=number, size=size)
    assert asked["empty"] is (number > len(pages))
    assert asked["size"] == len(asked["contents"])


def test_a_search_wants_every_word() -> None:
    found = chosen(SERVICES, search="honour FAMILY", minimum_age=None, maximum_age=None)
    assert [one.id for one in found] == ["karma_nirvana"]


def test_ages_choose_as_the_profile_says() -> None:
    assert {one.id for one in chosen(SERVICES, search="", minimum_age=None, maximum_age=17)} == {
        one.id for one in SERVICES if one.age_max is not None and one.age_max <= 17
    }
    assert "rape_crisis_247" in {one.id for one in chosen(SERVICES, search="", minimum_age=16, maximum_age=None)}
    assert "childline" not in {one.id for one in chosen(SERVICES, search="", minimum_age=16, maximum_age=None)}

"""The support catalogue says only what it may, and a faulty one says where it is wrong."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from community.support.catalogue import (
    TOPICS,
    CatalogueError,
    Service,
    by_id,
    by_topic,
    load,
    load_all,
    needs_check,
    parse,
    shown,
)

SERVICES = load()
TODAY = date(2026, 11, 20)

ENTRY = """
checked_on: 2026-11-20
checked_by: us
services:
  - id: one
    name: One
    for_who: anyone
    phone: 020 7946 0123
    topics: [self_harm]
    area: here
    source: [a page]
"""


def faulty(old: str, new: str) -> str:
    assert old in ENTRY
    with pytest.raises(CatalogueError) as raised:
        parse(ENTRY.replace(old, new))
    return str(raised.value)


def test_the_catalogue_that_ships_can_be_read() -> None:
    assert len(SERVICES) >= 55
    assert all(isinstance(service, Service) for service in SERVICES)


def test_every_service_says_where_and_when_it_was_read_and_that_no_service_has_confirmed_it() -> None:
    for service in SERVICES:
        assert service.source
        assert service.checked_on <= TODAY
        assert service.checked_by == "desk check from public pages, not yet confirmed with the service"


def test_every_topic_has_somebody() -> None:
    assert {topic for topic in TOPICS if not by_topic(topic, SERVICES)} == set()


def test_by_topic_keeps_the_order_and_only_the_topic() -> None:
    found = by_topic("robbery", SERVICES)
    assert [s for s in SERVICES if s in found] == list(found)
    assert all("robbery" in service.topics for service in found)
    assert "samaritans" not in by_id(found)


@pytest.mark.parametrize(
    ("id", "phone"),
    [
        ("police_999", "999"),
        ("childline", "0800 1111"),
        ("nat_da_helpline", "0808 2000 247"),
        ("rape_crisis_247", "0808 500 2222"),
        ("samaritans", "116 123"),
        ("police_101", "101"),
    ],
)
def test_the_numbers_that_matter_most_are_right(id: str, phone: str) -> None:
    assert by_id(SERVICES)[id].phone == phone


@pytest.mark.parametrize(
    "id", ["bsl_999", "kiran", "nia_elrc", "st_giles", "subwize", "kooth", "streetlink", "marac_lbbd"]
)
def test_services_nobody_could_verify_are_left_out_and_give_no_number(id: str) -> None:
    assert id not in by_id(SERVICES)
    held_back = by_id(load_all()).get(id)
    assert held_back is None or (held_back.phone, held_back.sms, held_back.verified) == (None, None, False)


@pytest.mark.parametrize("service", [s for s in load_all() if not s.verified], ids=lambda service: service.id)
def test_what_is_held_back_says_what_to_ask_and_is_never_of_the_core(service: Service) -> None:
    assert service.to_check
    assert not service.core
    assert not shown(service, TODAY)


def test_each_line_that_must_never_vanish_can_be_reached() -> None:
    assert all(service.verified and service.can_be_reached for service in load_all() if service.core)


def test_the_rape_crisis_line_is_for_16_and_over_and_childline_for_under_19() -> None:
    services = by_id(SERVICES)
    assert (services["rape_crisis_247"].age_min, services["childline"].age_max) == (16, 18)
    assert [services["rape_crisis_247"].takes(age) for age in (13, 15, 16, 90, None)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert [services["childline"].takes(age) for age in (0, 18, 19)] == [True, True, False]


def test_a_service_with_an_age_limit_says_so_to_the_reader() -> None:
    for service in SERVICES:
        if service.age_min is not None or service.age_max is not None:
            assert re.search(r"\d|adults|young", service.for_who), service.id


def test_a_freephone_number_is_said_to_be_free() -> None:
    for service in SERVICES:
        if service.phone and re.match(r"080|116|999|111", service.phone) and service.id != "btp":
            assert service.free is True, service.id


def test_no_number_stands_for_two_services_but_999() -> None:
    phones = [service.phone for service in SERVICES if service.phone and service.phone != "999"]
    assert len(phones) == len(set(phones))


def test_a_safe_haven_is_never_offered_here() -> None:
    assert not [service.id for service in SERVICES if "safe haven" in f"{service.name} {service.for_who}".lower()]


@pytest.mark.parametrize(
    ("days", "core", "is_shown", "is_due"),
    [
        (0, False, True, False),
        (90, False, True, False),
        (91, False, True, True),
        (180, False, True, True),
        (181, False, False, True),
        (181, True, True, True),
        (5000, True, True, True),
    ],
)
def test_a_long_unchecked_service_is_hidden_unless_it_is_of_the_core(
    days: int, core: bool, is_shown: bool, is_due: bool
) -> None:
    service = replace(SERVICES[0], core=core, checked_on=TODAY - timedelta(days=days))
    assert shown(service, TODAY) is is_shown
    assert needs_check(service, TODAY) is is_due


def test_the_core_holds_a_line_for_children_for_home_for_sexual_harm_and_for_despair() -> None:
    core = by_id(service for service in SERVICES if service.core)
    wanted = {"police_999", "childline", "nat_da_helpline", "rape_crisis_247", "samaritans", "victim_support", "shout"}
    assert wanted <= core.keys()


def test_a_sound_entry_is_taken_as_it_stands() -> None:
    (service,) = parse(ENTRY)
    assert (service.id, service.topics, service.source) == ("one", ("self_harm",), ("a page",))
    assert (service.phone, service.checked_on, service.free) == ("020 7946 0123", TODAY, None)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("phone: 020 7946 0123", "phone: 999", "'phone' must be digits and spaces, in quotes"),
        ("phone: 020 7946 0123", "phone: ring us", "'phone' must be digits"),
        ("phone: 020 7946 0123", "telephone: 020 7946 0123", "'telephone' is not a field"),
        ("    phone: 020 7946 0123\n", "", "give at least one way to reach it"),
        ("    for_who: anyone\n", "", "'for_who' is missing"),
        ("topics: [self_harm]", "topics: [sadness]", "'sadness' is not a topics we know"),
        ("topics: [self_harm]", "topics: self_harm", "'topics' must be a list of words"),
        ("topics: [self_harm]", "topics: []", "must each say something"),
        ("source: [a page]", "source: []", "must each say something"),
        ("area: here", "area: here\n    age_min: 20\n    age_max: 10", "'age_min' is above 'age_max'"),
        ("area: here", "area: here\n    age_min: old", "'age_min' must be an age in years"),
        ("area: here", "area: here\n    gender: ladies", "'gender' must be one of"),
        ("area: here", "area: here\n    web: example.org", "'web' must be an address"),
        ("area: here", 'area: here\n    web: "javascript:alert(1)"', "'web' must be an address"),
        ("area: here", "area: here\n    always_open: yes please", "'always_open' must be true or false"),
        ("area: here", "area: here\n    always_open: true", "'always_open' and 'opening' need 'hours'"),
        ("checked_on: 2026-11-20", "checked_on: last week", "'checked_on' must be a day"),
        ("checked_by: us\n", "", "'checked_by' is missing"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_line_and_name(old: str, new: str, said: str) -> None:
    message = faulty(old, new)
    assert said in message
    assert re.search(r"services.yaml line \d+: one: ", message)


def test_every_fault_is_told_at_once_each_with_its_line() -> None:
    second = ENTRY[ENTRY.index("  - id") :].replace("area: here", "area: ''")
    with pytest.raises(CatalogueError) as raised:
        parse(ENTRY.replace("phone: 020", "phone: x") + second.lstrip("\n"))
    lines = str(raised.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "services.yaml line 5",
        "services.yaml line 12",
        "services.yaml line 12",
    ]
    assert "this id stands twice" in lines[2]


@pytest.mark.parametrize("text", ["", "services:", "services: []", "- one", "services: [", "services:\n  - just words"])
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError):
        parse(text)

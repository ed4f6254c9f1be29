"""Who is named for a need, by age: the rules of signposting."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.support.catalogue import Service, by_id, load
from community.support.routes import ALSO_CALLED, ANYTHING, ROUTES, for_topics

SERVICES = load()
AGES = [None, 0, 13, 15, 16, 17, 18, 22, 25, 35, 65]


def ids(services: tuple[Service, ...]) -> list[str]:
    return [service.id for service in services]


def test_no_route_names_a_service_that_is_not_in_the_catalogue() -> None:
    known = by_id(SERVICES).keys()
    for route in (*ROUTES.values(), ANYTHING):
        assert {*route.under_16, *route.from_16, *route.not_known} <= known


def test_every_other_name_leads_to_a_route() -> None:
    assert set(ALSO_CALLED.values()) <= ROUTES.keys()
    assert not ALSO_CALLED.keys() & ROUTES.keys()


@pytest.mark.parametrize("age", [0, 13, 14, 15])
def test_the_rape_crisis_line_is_not_named_under_16_and_childline_is(age: int) -> None:
    named = ids(for_topics(["sexual_violence"], age))
    assert "rape_crisis_247" not in named
    assert named[0] == "childline"


@pytest.mark.parametrize("age", [16, 17, 18, 40])
def test_from_16_the_rape_crisis_line_is_named_first(age: int) -> None:
    assert ids(for_topics(["sexual_violence"], age))[0] == "rape_crisis_247"


def test_when_the_age_is_not_known_both_lines_are_named_with_their_ages() -> None:
    named = by_id(for_topics(["sexual_violence"], None))
    assert {"rape_crisis_247", "childline"} <= named.keys()
    assert "16 or over" in named["rape_crisis_247"].for_who
    assert "under 19" in named["childline"].for_who


@pytest.mark.parametrize("topic", ROUTES)
@pytest.mark.parametrize("age", [0, 13, 15])
def test_under_16_childline_is_always_named(topic: str, age: int) -> None:
    assert "childline" in ids(for_topics([topic], age))


@pytest.mark.parametrize("topic", ROUTES)
def test_when_the_age_is_not_known_childline_is_named_too(topic: str) -> None:
    assert "childline" in ids(for_topics([topic], None))


@pytest.mark.parametrize("age", [13, 15])
def test_a_child_who_was_robbed_meets_fearless_and_victim_support_before_101(age: int) -> None:
    named = ids(for_topics(["robbery"], age))
    assert named[:2] == ["fearless", "victim_support"]
    assert named.index("police_101") > 1


def test_when_the_age_is_not_known_fearless_and_victim_support_come_before_101_as_well() -> None:
    named = ids(for_topics(["robbery"], None))
    assert named.index("police_101") > max(named.index("fearless"), named.index("victim_support"))


@pytest.mark.parametrize(("topic", "age"), [*itertools.product([*ROUTES, "nonsense"], AGES)])
def test_someone_is_always_named_and_one_line_is_open_day_and_night(topic: str, age: int | None) -> None:
    named = for_topics([topic], age)
    assert any(service.is_helpline for service in named)
    assert all(service.takes(age) for service in named)


def test_no_topic_at_all_still_leads_to_a_person() -> None:
    assert ids(for_topics([], None)) == ["samaritans", "childline", "victim_support"]
    assert ids(for_topics([], 14)) == ["childline", "shout"]


def test_danger_puts_999_first_and_the_rest_after() -> None:
    named = ids(for_topics(["self_harm", "danger_now"], 20))
    assert named[:2] == ["police_999", "police_999_55"]
    assert "samaritans" in named


def test_several_needs_are_served_in_turn_and_nobody_is_named_twice() -> None:
    named = ids(for_topics(["robbery", "self_harm"], 30))
    assert named[:2] == ["samaritans", "police_101"]
    assert len(named) == len(set(named))


def test_what_questionnaires_call_by_another_name_has_the_same_help() -> None:
    assert for_topics(["suicide"], 20) == for_topics(["self_harm"], 20)
    assert for_topics(["perpetrator"], 20) == for_topics(["own_behaviour"], 20)


def test_a_hidden_service_is_not_named() -> None:
    left = [service for service in SERVICES if service.id != "fearless"]
    assert "fearless" not in ids(for_topics(["robbery"], 14, left))


@given(
    topics=st.sets(st.sampled_from([*ROUTES, *ALSO_CALLED, "nonsense"])),
    age=st.sampled_from(AGES),
    kept=st.sets(st.sampled_from([service.id for service in SERVICES])),
)
def test_whatever_is_hidden_there_is_a_line_open_day_and_night_for_that_age(
    topics: set[str], age: int | None, kept: set[str]
) -> None:
    named = for_topics(topics, age, [service for service in SERVICES if service.id in kept])
    assert any(service.is_helpline and service.takes(age) for service in named)
    assert len(named) == len(set(named))


def test_the_police_and_websites_are_no_line_open_day_and_night() -> None:
    services = by_id(SERVICES)
    others = ("police_999", "police_101", "crimestoppers", "fearless", "karma_nirvana")
    assert not any(services[id].is_helpline for id in others)
    assert services["shout"].is_helpline
    assert not replace(services["shout"], always_open=False).is_helpline

"""Needs, a person and the hour lead to the line that a specialist would name, and always to one that is open."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot import meaning
from community.support.catalogue import Service, by_id, load, shown
from community.support.matching import Match, Person, match, shortlist
from community.support.needs import ABOUT_A_CHILD, FACET_REASONS, LEADS, NEED_REASONS, NEEDS, SECONDS

LONDON = ZoneInfo("Europe/London")
DAY = datetime(2026, 11, 24, 11, tzinfo=LONDON)  # a Tuesday morning
NIGHT = datetime(2026, 11, 22, 3, tzinfo=LONDON)  # Sunday, three in the morning
SERVICES = load()

persons = st.builds(
    Person,
    age=st.none() | st.integers(0, 100),
    is_child=st.booleans(),
    about=st.sampled_from(["self", "other", "child"]),
    facets=st.frozensets(st.sampled_from([*FACET_REASONS, "child", "about_child", "other", "cannot_speak"])),
)
needs = st.lists(st.sampled_from([*NEEDS, "something new"]), max_size=4)
moments = st.datetimes(datetime(2026, 11, 21), datetime(2028, 1, 1), timezones=st.just(LONDON))
catalogues = st.sets(st.sampled_from([service.id for service in SERVICES])).map(
    lambda kept: [service for service in SERVICES if service.id in kept]
)


def named(need: str, now: datetime = DAY, **who: object) -> list[str]:
    facets = frozenset(str(who.pop("facets", "")).split())
    return [found.service.id for found in match([need], Person(facets=facets, **who), now, SERVICES)]  # type: ignore[arg-type]


FIRST = [
    ("domestic_abuse", {}, "nat_da_helpline lbbd_dsv_service"),
    ("domestic_abuse", {"age": 40}, "nat_da_helpline lbbd_dsv_service"),
    ("domestic_abuse", {"about": "other"}, "nat_da_helpline lbbd_dsv_service"),
    ("domestic_abuse", {"facets": "man"}, "mens_advice_line victim_support"),
    ("domestic_abuse", {"facets": "lgbt"}, "galop nat_da_helpline"),
    ("domestic_abuse", {"facets": "lgbt man"}, "galop mens_advice_line victim_support"),
    ("domestic_abuse", {"facets": "older"}, "nat_da_helpline hourglass stay_safe_east lbbd_adult_safeguarding"),
    ("domestic_abuse", {"facets": "deaf"}, "signhealth_da nat_da_helpline"),
    ("domestic_abuse", {"facets": "disabled"}, "stay_safe_east nat_da_helpline lbbd_adult_safeguarding"),
    ("domestic_abuse", {"facets": "minoritised"}, "southall_black_sisters ashiana nat_da_helpline"),
    ("domestic_abuse", {"facets": "minoritised man"}, "mens_advice_line victim_support"),
    ("domestic_abuse", {"facets": "child"}, "childline nat_da_helpline"),
    ("domestic_abuse", {"facets": "legal"}, "nat_da_helpline dv_flag_east ncdv"),
    ("domestic_abuse", {"facets": "housing"}, "nat_da_helpline lbbd_housing"),
    ("domestic_abuse", {"age": 14}, "childline lbbd_mash"),
    ("domestic_abuse", {"about": "child"}, "lbbd_mash nspcc"),
    ("sexual_violence", {"age": 16}, "rape_crisis_247 havens"),
    ("sexual_violence", {"age": 30}, "rape_crisis_247 havens"),
    ("sexual_violence", {}, "rape_crisis_247 childline"),
    ("sexual_violence", {"age": 15}, "childline havens"),
    ("sexual_violence", {"facets": "childhood"}, "rape_crisis_247 napac"),
    ("sexual_violence", {"facets": "man"}, "rape_crisis_247 survivors_uk"),
    ("sexual_violence", {"facets": "transport"}, "btp rape_crisis_247"),
    ("sexual_violence", {"facets": "transport", "age": 14}, "childline havens btp"),
    ("child_safety", {"is_child": True}, "childline"),
    ("child_safety", {}, "childline samaritans nat_da_helpline lbbd_mash"),
    ("child_safety", {"facets": "child"}, "childline samaritans nat_da_helpline lbbd_mash"),
    ("maybe_child", {}, "childline samaritans"),
    ("maybe_child", {"age": 40}, "samaritans victim_support"),
    ("at_home", {}, "childline nat_da_helpline"),
    ("domestic_abuse", {"age": 78}, "nat_da_helpline hourglass"),
    ("anything", {"facets": "deaf"}, "shout"),
    ("child_safety", {"facets": "about_child"}, "lbbd_mash nspcc"),
    ("child_safety", {"age": 40, "about": "child"}, "lbbd_mash nspcc"),
    ("child_safety", {"facets": "childhood", "age": 50}, "napac"),
    ("suicide", {"age": 40}, "samaritans shout nhs_111_2"),
    ("suicide", {"age": 25}, "samaritans shout nhs_111_2 papyrus"),
    ("suicide", {"is_child": True}, "childline shout"),
    ("suicide", {"about": "child"}, "nhs_111_2 papyrus"),
    ("weapons", {"age": 15}, "childline victim_support fearless"),
    ("weapons", {"age": 17}, "victim_support crimestoppers childline"),
    ("weapons", {"age": 40}, "victim_support crimestoppers police_101"),
    ("weapons", {"facets": "hurt"}, "victim_support childline crimestoppers"),
    ("weapons", {"facets": "hurt", "age": 15}, "childline victim_support"),
    ("weapons", {"facets": "transport"}, "btp victim_support"),
    ("stalking", {}, "stalking_helpline victim_support"),
    ("honour_abuse", {"age": 20}, "karma_nirvana fmu nat_da_helpline"),
    ("honour_abuse", {"facets": "fgm"}, "nat_da_helpline fgm_helpline lbbd_mash"),
    ("honour_abuse", {"facets": "fgm child", "age": 12}, "childline fgm_helpline"),
    ("honour_abuse", {"facets": "minoritised"}, "karma_nirvana southall_black_sisters ashiana"),
    ("honour_abuse", {"facets": "fgm", "about": "child"}, "nat_da_helpline fgm_helpline lbbd_mash"),
    ("exploitation", {"facets": "labour"}, "childline modern_slavery"),
    ("exploitation", {"facets": "gang", "is_child": True}, "childline fearless"),
    ("exploitation", {"facets": "gang"}, "childline modern_slavery victim_support"),
    ("exploitation", {"facets": "gang", "age": 40}, "victim_support modern_slavery crimestoppers"),
    ("exploitation", {"facets": "gang about_child"}, "lbbd_mash nspcc"),
    ("robbery", {"age": 14}, "fearless victim_support"),
    ("robbery", {"age": 14, "facets": "transport"}, "fearless victim_support btp"),
    ("robbery", {"age": 40}, "police_101 victim_support"),
    ("robbery", {"facets": "transport"}, "btp victim_support"),
    ("hate_crime", {"age": 40}, "stop_hate_uk police_101 true_vision"),
    ("hate_crime", {"age": 17}, "call_hate_out"),
    ("hate_crime", {"facets": "lgbt"}, "galop stop_hate_uk"),
    ("hate_crime", {"facets": "muslim"}, "stop_hate_uk tell_mama"),
    ("hate_crime", {"facets": "jewish"}, "cst stop_hate_uk"),
    ("hate_crime", {"facets": "muslim", "age": 14}, "call_hate_out tell_mama childline"),
    ("hate_crime", {"facets": "disabled"}, "stay_safe_east stop_hate_uk"),
    ("hate_crime", {"facets": "transport"}, "btp stop_hate_uk"),
    ("image_abuse", {"age": 30}, "revenge_porn_helpline"),
    ("image_abuse", {"age": 16}, "report_remove"),
    ("image_abuse", {"is_child": True}, "childline report_remove"),
    ("own_behaviour", {}, "samaritans respect_phoneline"),
    ("own_behaviour", {"about": "child"}, "samaritans nspcc respect_phoneline lbbd_mash"),
    ("anything", {}, "samaritans childline"),
    ("anything", {"facets": "legal"}, "citizens_advice"),
]


@pytest.mark.parametrize(("need", "who", "best"), FIRST, ids=[f"{need} {who}" for need, who, _ in FIRST])
def test_the_line_a_specialist_would_name_comes_first(need: str, who: dict[str, object], best: str) -> None:
    assert named(need, **who)[: len(best.split())] == best.split()


def test_a_man_hears_of_the_mens_line_at_any_hour_with_its_hours_and_of_one_that_is_open() -> None:
    at_night = match(["domestic_abuse"], Person(facets=frozenset({"man"})), NIGHT, SERVICES)
    assert [found.service.id for found in at_night[:2]] == ["victim_support", "mens_advice_line"]
    assert (at_night[0].is_open, at_night[0].opens) == (True, "")
    assert (at_night[1].is_open, at_night[1].opens, at_night[1].is_shut) == (False, "opens tomorrow 9am", True)


@pytest.mark.parametrize(
    ("need", "facets", "best"),
    [
        ("domestic_abuse", "lgbt", "nat_da_helpline galop"),
        ("honour_abuse", "", "nat_da_helpline karma_nirvana"),
        ("stalking", "", "victim_support stalking_helpline"),
        ("domestic_abuse", "about_child", "lbbd_edt lbbd_mash"),
        ("image_abuse", "", "childline revenge_porn_helpline"),
    ],
)
def test_a_line_that_is_shut_stands_behind_one_that_answers(need: str, facets: str, best: str) -> None:
    assert named(need, NIGHT, facets=facets)[:2] == best.split()


def test_hours_nobody_knows_are_neither_open_nor_shut() -> None:
    (found,) = (one for one in match(["exploitation"], Person(), DAY, SERVICES) if one.service.id == "modern_slavery")
    assert (found.is_open, found.opens, found.is_shut) == (False, "", False)


def test_somebody_worried_about_a_friend_is_given_the_same_lines() -> None:
    for need in NEEDS:
        assert named(need, about="other") == named(need)


def test_several_needs_are_served_in_turn_surest_first() -> None:
    found = match(["domestic_abuse", "suicide"], Person(age=30), DAY, SERVICES)
    assert [one.service.id for one in found[:2]] == ["nat_da_helpline", "samaritans"]


def test_a_reason_is_given_with_ages_and_whether_it_is_near() -> None:
    reasons = {
        one.service.id: one.why for one in match(["sexual_violence"], Person(facets=frozenset({"man"})), DAY, SERVICES)
    }
    assert reasons["rape_crisis_247"].endswith("16 or over, day and night")
    assert reasons["childline"].endswith("under 19, day and night")
    assert reasons["survivors_uk"] == "made for men"
    (local,) = (
        one for one in match(["domestic_abuse"], Person(), DAY, SERVICES) if one.service.id == "lbbd_dsv_service"
    )
    assert local.why == "talks with people hurt by someone close, in the borough"


def test_the_tables_name_only_services_there_are_and_needs_and_facets_there_are() -> None:
    known = by_id(SERVICES)
    tables = [route for need in NEEDS.values() for route in (need.under_16, need.from_16, need.not_known)]
    tables += [*ABOUT_A_CHILD.values(), *LEADS.values(), *SECONDS.values()]
    assert {id for ids in tables for id in ids} <= known.keys()
    assert {need for _, need in [*LEADS, *SECONDS]} <= NEEDS.keys()
    assert {facet for facet, _ in [*LEADS, *SECONDS]} <= FACET_REASONS.keys()
    assert NEED_REASONS.keys() == NEEDS.keys()


def test_needs_and_facets_are_the_words_in_which_the_bot_says_what_a_message_means() -> None:
    assert NEEDS.keys() == {*meaning.NEEDS, "anything", "maybe_child", "at_home"}
    assert FACET_REASONS.keys() <= set(meaning.FACETS)


@given(needs, persons, moments, catalogues)
def test_whoever_asks_at_whatever_hour_somebody_is_there(
    asked: list[str], person: Person, now: datetime, services: list[Service]
) -> None:
    found = match(asked, person, now, services)
    assert any(one.service.is_helpline and one.is_open for one in found)
    assert len({one.service.id for one in found}) == len(found)
    assert all(one.why for one in found)


@given(needs, persons, moments, catalogues)
def test_nobody_is_sent_to_a_line_for_another_age(
    asked: list[str], person: Person, now: datetime, services: list[Service]
) -> None:
    age = person.served_as
    ids = {one.service.id for one in match(asked, person, now, services)}
    if age is not None and age < 16:
        assert "rape_crisis_247" not in ids
    for one in match(asked, person, now, services):
        # A grown-up who asks for a child is also given the child's own lines.
        assert one.service.takes(age) or (person.is_about_child and person.is_grown_up and one.service.takes(15))


@given(needs, persons, st.integers(0, 500), st.sets(st.sampled_from([s.id for s in SERVICES])))
def test_what_nobody_confirmed_or_checked_in_time_is_never_named(
    asked: list[str], person: Person, days: int, unverified: set[str]
) -> None:
    now = DAY + timedelta(days=days)
    services = [replace(one, verified=one.core or one.id not in unverified) for one in SERVICES]
    hidden = {one.id for one in services if not shown(one, now.date())}
    for found in match(asked, person, now, services):
        assert found.service.id not in hidden
        assert found.service.verified
        assert found.service.core or now.date() - found.service.checked_on <= timedelta(days=180)


@given(needs, persons, moments)
def test_the_first_line_is_not_one_that_is_shut_while_another_answers(
    asked: list[str], person: Person, now: datetime
) -> None:
    for need in asked:
        first, *others = match([need], person, now, SERVICES)
        answers = [one for one in others if one.is_open and (one.service.phone or one.service.sms)]
        assert not first.is_shut or all(one.service.is_police for one in answers)


@given(needs, persons, moments, st.integers(1, 4))
def test_a_short_list_keeps_the_order_and_a_line_open_day_and_night(
    asked: list[str], person: Person, now: datetime, most: int
) -> None:
    whole = match(asked, person, now, SERVICES)
    short = shortlist(whole, most)
    assert 1 <= len(short) <= most
    assert any(one.service.is_helpline for one in short)
    assert [one for one in whole if one in short] == list(short)


@pytest.mark.parametrize(("need", "age"), [*itertools.product(NEEDS, [0, 12, 15, None])])
def test_a_child_or_somebody_who_may_be_one_always_hears_of_a_line_for_children(need: str, age: int | None) -> None:
    assert "childline" in named(need, age=age)


def test_no_service_for_women_is_named_to_a_man() -> None:
    for need in NEEDS:
        for facets in ("man", "man migrant", "man minoritised"):
            found = match([need], Person(facets=frozenset(facets.split())), DAY, SERVICES)
            assert [one.service.id for one in found if one.service.gender == "women"] == []


def test_a_guess_that_somebody_is_a_child_is_no_age_and_puts_their_line_first() -> None:
    guessed = Person(facets=frozenset({"child"}))
    assert guessed.served_as is None
    for need in NEEDS:
        assert match([need], guessed, DAY, SERVICES)[0].service.id in {"childline", "nat_da_helpline"} or (
            "childline" in named(need, facets="child")[:2]
        )


def test_years_after_the_last_check_the_national_lines_are_left() -> None:
    found: tuple[Match, ...] = match(["stalking"], Person(), DAY.replace(year=2030), SERVICES)
    assert all(one.service.core for one in found)
    assert date(2030, 1, 1) - found[0].service.checked_on > timedelta(days=180)

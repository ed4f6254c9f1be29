"""Who is named to whom, where a guess or a wrong line would do harm (trust B4)."""

from __future__ import annotations

import pytest

from community.bot.meaning import NEEDS
from community.bot.talk import Heard
from community.bot.telling import fitting, person_of
from tests.unit.bot.desk import BOXING_DAY_3AM, desk, emergency, harmless, urgent
from tests.unit.bot.test_conversation import Phone

RESPECT, CHILDREN = "0808 802 4040", ("020 8227 3811", "0808 800 5000", "020 8594 8356")
SAFE = "Safe to text? 1 yes, 2 no."


@pytest.fixture
def phone() -> Phone:
    return Phone()


def all_said(phone: Phone, first: Heard) -> str:
    return " ".join([phone.says(first), *(phone.says(harmless("more")) for _ in range(5))])


@pytest.mark.parametrize(
    "heard",
    [
        urgent("domestic_abuse", sure=False, maybe=("own_behaviour", "child_safety")),
        urgent("menu", maybe=("own_behaviour",)),
        urgent("own_behaviour", sure=False),
        urgent("domestic_abuse", "own_behaviour"),
        harmless("i want it over", sure=False, maybe=("own_behaviour",)),
        emergency("menu", sure=False, maybe=("own_behaviour",)),
    ],
)
def test_the_line_for_those_who_hurt_somebody_is_never_a_guess(phone: Phone, heard: Heard) -> None:
    assert RESPECT not in all_said(phone, heard)


def test_nobody_who_asked_for_help_with_something_else_is_named_it(phone: Phone) -> None:
    phone.says(urgent("domestic_abuse"))
    assert RESPECT not in all_said(phone, urgent("own_behaviour", text="i have 2 kids"))


@pytest.mark.parametrize("heard", [urgent("own_behaviour"), urgent("own_behaviour", age=30)])
def test_who_says_so_of_themselves_is_named_it_with_what_it_is_for(phone: Phone, heard: Heard) -> None:
    said = phone.says(heard)
    assert f"{RESPECT} (for change, set hours)" in said and "116 123" in said and len(said) <= 160


def test_in_danger_it_is_named_later_with_what_it_is_for(phone: Phone) -> None:
    assert "116 123" in phone.says(emergency("own_behaviour", sure=False))
    assert f"{RESPECT} (for change" in phone.says(harmless("1"))


@pytest.mark.parametrize("heard", [
    urgent("child_safety", sure=False, age=34, maybe=("domestic_abuse",)),
    urgent("domestic_abuse", age=34, maybe=("child_safety",)),
    harmless("im lonely", sure=False, age=50, maybe=("child_safety", "suicide")),
    emergency("menu", sure=False, age=34, maybe=("child_safety",)),
])  # fmt: skip
def test_no_childrens_team_is_named_to_a_grown_up_on_a_guess(phone: Phone, heard: Heard) -> None:
    said = all_said(phone, heard)
    assert not [number for number in CHILDREN if number in said], said


@pytest.mark.parametrize("heard", [
    urgent("child_safety", sure=False, maybe=("suicide",)),
    urgent("child_safety"),
    harmless("im lonely", sure=False, maybe=("child_safety",)),
    emergency("menu", sure=False, maybe=("child_safety",)),
])  # fmt: skip
def test_with_the_age_unknown_the_first_text_names_childline_and_somebody_for_all(phone: Phone, heard: Heard) -> None:
    said = phone.says(heard)
    assert "116 123" in said and not [number for number in CHILDREN if number in said], said


@pytest.mark.parametrize("heard", [
    urgent("domestic_abuse", "child_safety", age=78),
    urgent("child_safety", "domestic_abuse", facets=frozenset({"older"})),
    urgent("child_safety", facets=frozenset({"older"}), maybe=("hate_crime",)),
])  # fmt: skip
def test_somebody_old_or_cared_for_hears_of_those_for_them_and_of_no_childrens_team(phone: Phone, heard: Heard) -> None:
    first = phone.says(heard)
    assert "0808 808 8141" in first and "0808 2000 247" in first
    also = phone.says(harmless("1"))
    assert "staysafe-east.org.uk" in also or "020 8227 2915" in also
    assert not [number for number in CHILDREN[:2] if number in first + also]


def test_a_council_team_is_never_named_without_a_word_of_whose_it_is() -> None:
    phone = Phone(now=BOXING_DAY_3AM)
    said = all_said(phone, urgent("child_safety", facets=frozenset({"about_child"})))
    assert "020 8594 8356 (council, nights" in said


def test_who_has_no_roof_hears_of_the_housing_line(phone: Phone) -> None:
    homeless = harmless("im homeless tonight", sure=False, maybe=("child_safety",), facets=frozenset({"housing"}))
    said = phone.says(homeless)
    assert "0808 800 4444 (housing, set hours)" in said and "116 123" in said and "020" not in said


@pytest.mark.parametrize("text", ["my dad batters mum", "my mums boyfriend hits her", "Mum hits me"])
@pytest.mark.parametrize("tell", [urgent, emergency])
def test_who_tells_of_a_parent_hears_of_childline_beside_the_line_for_grown_ups(tell: object, text: str) -> None:
    heard = tell("domestic_abuse", text=text, sure=tell is urgent, maybe=("child_safety",))  # type: ignore[operator]
    said = Phone().says(heard)
    assert "0800 1111 (under 19" in said and "0808 2000 247" in said and len(said) <= 160


def test_a_grown_up_who_speaks_of_a_parent_hears_of_the_line_for_grown_ups(phone: Phone) -> None:
    assert "0800 1111" not in phone.says(urgent("domestic_abuse", text="my mum hits me", age=40))


@pytest.mark.parametrize("need", NEEDS)
def test_beside_999_a_line_that_is_open_day_and_night_is_always_named_and_none_that_is_shut(need: str) -> None:
    for age in (None, 14, 30):
        for now in (BOXING_DAY_3AM, Phone().now):
            phone = Phone(now=now)
            said = phone.says(emergency(need, sure=False, age=age))
            needs = (*fitting((need,), person_of((), age)), "anything")
            named = {one.service.phone: one for one in desk().match(needs, person_of((), age), now)}
            told = [one for number, one in named.items() if number and number in said]
            assert any(one.service.is_helpline for one in told) or "116 123" in said, said
            assert not [one for one in told if one.is_shut], said
            assert len(said) <= 160


def test_beside_999_the_line_that_knows_most_is_named_where_it_is_open_and_it_is_asked_whether_texts_are_safe(
    phone: Phone,
) -> None:
    said = phone.says(emergency("stalking", sure=False, age=30))
    assert "Ring 0808 802 0300 or 116 123." in said and said.endswith(SAFE)

"""From the words of a message to the numbers of the reply: who is named to whom, where a wrong line does harm."""

from __future__ import annotations

import pytest

from community.bot.meaning import TOLD_FACETS, Urgency
from community.bot.talk import Heard
from community.bot.understanding import understand
from tests.unit.bot.test_conversation import Phone

CRIMESTOPPERS, VICTIM_SUPPORT, CHILDLINE = "0800 555111", "0808 168 9111", "0800 1111"
CHILDRENS_TEAMS = ("020 8227 3811", "0808 800 5000")
RAPE_LINE, HOME_LINE = "0808 500 2222", "0808 2000 247"


def replies_to(*texts: str) -> list[str]:
    phone = Phone()
    return [phone.says(Heard(text, understand(text))) for text in texts]


def first(text: str) -> str:
    return replies_to(text)[0]


@pytest.mark.parametrize(
    "text", ["i got stabbed last week", "my son was stabbed last month", "i was slashed last year"]
)
def test_nobody_who_was_hurt_is_sent_to_talk_to_crimestoppers(text: str) -> None:
    said, after, meant = replies_to(text, "1", "what do you mean")
    assert CRIMESTOPPERS not in said
    assert VICTIM_SUPPORT in said or VICTIM_SUPPORT in after
    assert VICTIM_SUPPORT in meant and CRIMESTOPPERS not in meant


@pytest.mark.parametrize("text", ["they got me in a bando", "olders got me shotting", "im 16 olders got me shotting"])
def test_whom_a_gang_uses_is_named_who_listens(text: str) -> None:
    said = first(text)
    assert CRIMESTOPPERS not in said and CHILDLINE in said


@pytest.mark.parametrize("text", ["i know who stabbed him", "i saw a knife in the park"])
def test_who_knows_of_something_is_named_who_takes_word_of_it_apart_from_who_listens(text: str) -> None:
    assert f"{VICTIM_SUPPORT}. No name needed: {CRIMESTOPPERS}." in first(text)


@pytest.mark.parametrize(
    "text", ["my dad hits me im 30", "im 45 and my mum beats me", "im trans and my dad beats me im 25"]
)
def test_a_grown_up_hurt_by_a_parent_hears_of_help_for_grown_ups(text: str) -> None:
    said = " ".join(replies_to(text, "1", "more"))
    assert HOME_LINE in said
    assert not [number for number in (*CHILDRENS_TEAMS, CHILDLINE) if number in said], said


def test_an_age_told_later_takes_the_childrens_team_away() -> None:
    said = replies_to("my dad hits me", "im 30", "more")
    assert not [number for number in CHILDRENS_TEAMS if number in " ".join(said[1:])], said


def test_of_a_parents_violence_both_lines_are_named_with_the_ages_while_the_age_is_not_known() -> None:
    said, after = replies_to("my dad hits me", "1")
    assert "0800 1111 (under 19)" in said and HOME_LINE in said
    assert "0300 456 0174" in after


@pytest.mark.parametrize("text", ["i was robbed", "i was robbed im 20", "my friend was robbed", "i was mugged"])
def test_after_a_robbery_nobody_is_named_the_line_about_rape(text: str) -> None:
    said = " ".join(replies_to(text, "1"))
    assert RAPE_LINE not in said and VICTIM_SUPPORT in said


def test_who_worries_for_the_neighbours_children_hears_of_childline_and_of_no_line_about_suicide() -> None:
    said = first("im worried about my neighbours kids")
    assert CHILDLINE in said and "020 8227 3811" in said and "option 2" not in said and "0800 068 4141" not in said


def test_a_robbed_child_is_told_of_no_pictures() -> None:
    assert "childline.org.uk" not in " ".join(replies_to("im 13 some boys took my phone", "1"))


@pytest.mark.parametrize(("text", "theirs"), [
    ("somebody pulled off my hijab", "0800 456 1226"),
    ("they called me terrorist because i am muslim", "0800 456 1226"),
    ("im jewish and got shouted at", "0800 032 3263"),
    ("black woman abused by partner", "020 8571 9595"),
    ("im asian and my in laws beat me", "020 8571 9595"),
    ("im disabled and my husband hits me", "stay-safe-east"),
])  # fmt: skip
def test_services_by_and_for_people_are_reached(text: str, theirs: str) -> None:
    said = " ".join(replies_to(text, "1"))
    assert theirs in said
    assert "0808 808 8141" not in said, "the line for older people, to nobody who says no such thing"


@pytest.mark.parametrize("text", [
    "im muslim", "im jewish", "im disabled", "im a black woman", "i am asian", "i use a wheelchair", "im autistic",
    "my mum is indian", "i wear a hijab", "im at the mosque", "happy hanukkah from a jewish family",
])  # fmt: skip
def test_who_somebody_is_makes_nothing_urgent(text: str) -> None:
    assert understand(text).urgency is Urgency.none


def test_what_only_words_tell_is_told_without_any_model() -> None:
    told = {facet for text in (
        "im disabled", "im muslim", "im jewish", "im a black woman", "i got stabbed", "i know who did it",
        "im in year 9",
    ) for facet in understand(text, model=None).facets}  # fmt: skip
    assert told >= set(TOLD_FACETS)


@pytest.mark.parametrize("text", ["i shook my baby", "i want to hurt my baby"])
def test_where_a_baby_is_at_risk_who_helps_about_children_is_named_first(text: str) -> None:
    said, after = replies_to(text, "1")
    assert "0808 800 5000" in said and "999" in said and "020 8227 3811" in said + after
    assert "0808 802 4040" in after, "and who helps people to change, next"


@pytest.mark.parametrize("text", ["i shook my baby", "i shook the baby and she wont wake", "he shook our baby hard"])
def test_a_shaken_baby_may_be_in_danger_now(text: str) -> None:
    assert understand(text).urgency is Urgency.emergency


@pytest.mark.parametrize("text", [
    "we have to sleep with the landlord for rent", "my landlord wants sex for rent",
    "landlord says sleep with him or get out",
])  # fmt: skip
def test_rent_paid_with_sex_is_harm(text: str) -> None:
    meaning = understand(text)
    assert {"sexual_violence", "exploitation"} & set(meaning.topics)
    assert RAPE_LINE in " ".join(replies_to(text, "1"))

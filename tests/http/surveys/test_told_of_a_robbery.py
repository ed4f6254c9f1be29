"""Who tells of a robbery meets help beside the next question each time, and a child is asked for no exact place."""

from __future__ import annotations

import pytest

from community.places.service import posters
from tests.factories.places import PlaceFactory
from tests.http.surveys.walking import Respondent, ids, names_of_controls
from tests.service.surveys.world import TODAY, World, answers_of

UNDER_16, FROM_16 = "Fearless", "Victim Support"


@pytest.fixture
def robbed(someone: Respondent, world: World) -> Respondent:
    """At a robbery poster; knows of one."""
    PlaceFactory(slug="vicarage-field", name="The Field")
    posters.assign(world.poster, world.robbery.wave_id, TODAY)
    return someone.scan().press("Yes")


@pytest.mark.parametrize(("age", "whom"), [("13 to 15", UNDER_16), ("18 to 21", FROM_16)])
def test_a_weapon_and_fear_bring_help_up_again(robbed: Respondent, age: str, whom: str) -> None:
    robbed.press(age).press("Me")
    assert whom in robbed.page.text
    robbed.press("Continue", {"where": "on_a_train"})
    assert whom not in robbed.page.text
    robbed.press("Continue").press("Continue", {"weapon": "threatened"})
    assert robbed.page.h1 == "Was anyone told about it?"
    assert whom in robbed.page.text
    robbed.press("No")
    assert whom not in robbed.page.text
    robbed.press("Continue", {"why_not": ["fear_of_reprisals"]})
    assert names_of_controls(robbed.page) == ["help"]
    assert whom in robbed.page.text


@pytest.mark.parametrize("age", ["13 to 15", "I'd rather not say", "Skip"])
def test_who_may_be_under_16_is_asked_for_no_exact_place(robbed: Respondent, age: str) -> None:
    robbed.press(age).press("Someone I know").press("Continue", {"where": "place_named"})
    assert robbed.page.h1 == "How it happened"
    robbed.press("Continue")
    assert answers_of(ids()[0])["which_place"] == ("_not_asked",)


def test_a_place_sent_all_the_same_by_a_child_is_not_kept(robbed: Respondent) -> None:
    robbed.press("18 to 21").press("Me").press("Continue", {"where": "place_named"})
    asked_where = robbed.ticket
    robbed.press("Continue", {"which_place": "The Field"})
    assert answers_of(ids()[0])["which_place"] == ("vicarage-field",)
    world = robbed.world
    world.send(ids()[0], "age", fielding=world.robbery, age="13-15")
    assert "which_place" not in answers_of(ids()[0])
    robbed.send({"_ticket": asked_where, "which_place": "vicarage-field"})
    assert answers_of(ids()[0])["which_place"] == ("_not_asked",)

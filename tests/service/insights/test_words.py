"""What people wrote, for analysts: masked, without anything about the writer, under a place only where many wrote."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from community.extensions import db
from community.insights.listed_words import PAGE
from community.insights.service.selection import UnknownName
from community.insights.service.words import NothingWritten, Words, words
from community.places.models import Place
from community.staff.models import AuditEntry
from community.surveys.service import storing, waves
from tests.factories.places import PlaceFactory
from tests.rig.client import Runner
from tests.service.insights.world import SAFE, World


def write(
    world: World, *texts: str, place: Place | None = None, on: date = date(2026, 11, 2), age: str = "18-21",
    channel: str = "web", flags: int = 0, question: str = "help_comment",
) -> None:  # fmt: skip
    for text in texts:
        given = {"safe_here": SAFE, "age": age, question: "_written"}
        id = world.respond(given, place=place, on=on, channel=channel, flags=flags)
        storing.write_comments(id, {question: text})


def many(n: int, word: str = "Lamp") -> list[str]:
    return [f"{word} {i:03}" for i in range(n)]


def listed(found: Words) -> list[tuple[str | None, str | None, list[str]]]:
    """(place, month, texts) of each section."""
    return [(s.slug, f"{s.month:%Y-%m}" if s.month else None, list(s.texts)) for s in found.sections]


@pytest.mark.parametrize(("n", "named"), [(9, False), (10, True)])
def test_a_place_and_month_are_named_only_where_enough_wrote(world: World, n: int, named: bool) -> None:
    write(world, *many(n), place=world.station)
    write(world, *many(5, "Park"), place=world.park)
    write(world, "Nowhere")
    found = listed(words("safety"))
    rest = sorted([*many(5, "Park"), "Nowhere"])
    if named:
        assert found == [("barking-station", "2026-11", many(n)), (None, None, rest)]
    else:
        assert found == [(None, None, sorted([*rest, *many(n)]))]


def test_at_a_school_thirty_are_needed(world: World) -> None:
    school = PlaceFactory(slug="a-school", name="A School", kind="school_area")
    write(world, *many(29), place=school)
    assert listed(words("safety"))[0][0] is None
    write(world, "Last", place=school)
    assert listed(words("safety"))[0][0] == "a-school"


def test_a_place_shows_only_what_may_stand_under_it(world: World) -> None:
    write(world, *many(10), place=world.station)
    write(world, "In October", place=world.station, on=date(2026, 10, 9))
    assert listed(words("safety", place="barking-station")) == [("barking-station", "2026-11", many(10))]
    assert listed(words("safety", place="barking-town-centre"))[0][0] == "barking-station"
    assert words("safety", place="barking-station", first="2026-10-01", last="2026-10-31").n == 0
    assert "In October" in listed(words("safety"))[1][2]


def test_days_are_widened_so_that_no_two_lists_differ_by_a_day(world: World) -> None:
    write(world, *many(9), place=world.station, on=date(2026, 11, 2))
    write(world, "Later", place=world.station, on=date(2026, 11, 28))
    one_day = words("safety", first="2026-11-02", last="2026-11-02")
    assert (one_day.first, one_day.last) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (
        listed(one_day)
        == listed(words("safety"))
        == [("barking-station", "2026-11", ["Lamp 000", *many(9)[1:], "Later"])]
    )
    assert words("safety", first="2026-12-01").n == 0


def test_the_order_is_of_letters_and_tells_nothing(world: World) -> None:
    write(world, "bench", "Alley", "alley", "Crossing")
    (_, _, texts), *_ = listed(words("safety"))
    assert [text.lower() for text in texts] == ["alley", "alley", "bench", "crossing"]


def test_nobody_who_is_or_may_be_under_16_is_read(world: World) -> None:
    for age in ("13-15", "13-17", "prefer_not_to_say", "_skipped"):
        write(world, f"By {age}", age=age)
    write(world, "By 16-17", age="16-17")
    assert listed(words("safety")) == [(None, None, ["By 16-17"])]


def test_no_attribute_no_day_and_no_id_comes_out(world: World) -> None:
    write(world, *many(10), place=world.station, on=date(2026, 11, 17), age="65+")
    said = json.dumps(words("safety").document())
    for told in ("65", "2026-11-17", "15-19", "web", *(id.hex() for id, _ in world.answered)):
        assert told not in said


def test_notes_say_what_the_words_are(world: World) -> None:
    write(world, "One", flags=1)
    write(world, "Two", channel="demo")
    found = words("safety")
    notes = " ".join(found.notes)
    for told in ("not a sample", "taken out before the words were stored", "10 people or more", "1 came with flagged",
                 "made up, for demonstration", "safeguarding lead"):  # fmt: skip
        assert told in notes
    assert found.banner


def test_pages_hold_all_of_it_once(world: World) -> None:
    write(world, *many(PAGE + 20), place=world.station)
    write(world, *many(5, "Park"), place=world.park)
    pages = [words("safety", page=n) for n in (1, 2)]
    assert [page.pages for page in pages] == [2, 2]
    texts = [text for page in pages for section in page.sections for text in section.texts]
    assert texts == [*many(PAGE + 20), *many(5, "Park")]
    assert words("safety", page=99).page == 2
    assert [section.n for section in pages[1].sections] == [PAGE + 20, 5]


def test_words_of_other_surveys_and_questions_stay_apart(world: World) -> None:
    write(world, "Ours")
    write(world, "Another box", question="other_box")
    assert listed(words("safety")) == [(None, None, ["Ours"])]
    with pytest.raises(UnknownName, match="not answered in words"):
        words("safety", question="age")
    waves.open_wave("robbery", title="Robbery", opens_on=date(2026, 1, 1))
    with pytest.raises(NothingWritten, match="asks no question that is answered in words"):
        words("robbery")


def test_the_command_prints_and_notes_that_it_was_read_and_not_what_was(world: World, runner: Runner) -> None:
    write(world, *many(10), "Red \x1b[31m door\nand wall", place=world.station)
    text = runner("responses", "comments", "safety", "--from", "2026-11-05").stdout
    assert "Barking Station, November 2026: 11" in text
    assert "- Red [31m door and wall" in text
    document = runner.json("responses", "comments", "safety", "--place", "barking-station")
    assert (document["comments"], document["groups"][0]["month"]) == (11, "2026-11")
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "words.read")).all()
    assert [json.loads(entry.detail) for entry in entries] == [{"from": "2026-11-05"}, {"place": "barking-station"}]
    assert not any("Lamp" in entry.detail or "Lamp" in entry.subject for entry in entries)


def test_a_slip_is_answered_with_what_there_is_and_nothing_is_noted(world: World, runner: Runner) -> None:
    assert (
        "Questions that are: help_comment"
        in runner("responses", "comments", "safety", "--question", "x", status=1).stderr
    )
    assert "There is no place" in runner("responses", "comments", "safety", "--place", "nowhere", status=1).stderr
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "words.read")).all() == []

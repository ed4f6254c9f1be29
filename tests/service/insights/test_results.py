"""What `insights results` says, against answers counted by hand or by a plain loop."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from community.extensions import db
from community.insights.service import selection
from community.insights.service.results import results
from community.insights.service.rollup import roll_up
from community.places.models import Place
from community.shared.clock import Daypart
from community.surveys.service import waves
from tests.factories.places import PlaceFactory, PosterFactory
from tests.service.insights.world import RATHER_NOT, SAFE, TODAY, UNSAFE, World

OPTIONS = ["very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe"]


def cell(document: dict[str, Any], group: str, option: str) -> dict[str, Any]:
    (found,) = [row for row in document["rows"] if (row["group"], row["option"]) == (group, option)]
    return dict(found)


def asked(survey: str = "safety", **options: Any) -> dict[str, Any]:
    return results(survey, **options).document()


def groups(document: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(row["group"] for row in document["rows"]))


def test_the_document_is_the_one_promised(world: World) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, on=date(2026, 11, 2), times=3)
    world.respond({"safe_here": UNSAFE}, place=world.park, on=date(2026, 11, 5), flags=1)
    world.respond({"safe_here": RATHER_NOT}, place=world.library, on=date(2026, 11, 9), flags=2)
    document = asked()
    assert list(document) == [
        "survey", "wave", "question", "wording", "version", "by", "from", "to", "places", "flagged", "rows",
    ]  # fmt: skip
    rows = document.pop("rows")
    assert document == {
        "survey": "safety", "wave": 1, "question": "safe_here", "wording": "Do you feel safe here, at {place}?",
        "version": 1, "by": None, "from": "2026-11-02", "to": "2026-11-05",
        "places": ["abbey-green", "barking-station"],
        "flagged": 2,
    }  # fmt: skip
    assert [row["option"] for row in rows] == OPTIONS
    assert {row["group"] for row in rows} == {"all"}
    safe = rows[1]
    assert list(safe) == [
        "group", "option", "count", "base", "share", "low", "high",
        "count_unflagged", "base_unflagged", "share_unflagged",
    ]  # fmt: skip
    assert (safe["count"], safe["base"], safe["share"]) == (3, 4, 0.75)
    assert (safe["count_unflagged"], safe["base_unflagged"], safe["share_unflagged"]) == (3, 3, 1.0)
    assert (round(safe["low"], 3), round(safe["high"], 3)) == (0.301, 0.954)
    assert (rows[0]["count"], rows[0]["share"]) == (0, 0.0)
    json.dumps(document)


def test_nothing_answered_is_zeros_without_shares(world: World) -> None:
    world.respond({"safe_here": "_skipped"}, place=world.station)
    document = asked()
    assert (document["from"], document["to"], document["places"], document["flagged"]) == (None, None, [], 0)
    assert {(row["count"], row["base"], row["share"], row["low"]) for row in document["rows"]} == {(0, 0, None, None)}
    assert asked(first="2026-10-01", last=date(2026, 10, 2))["from"] == "2026-10-01"


def test_a_multiple_choice_counts_people_not_ticks(world: World) -> None:
    world.respond({"safe_here": UNSAFE, "why": ["dark", "people"]}, times=2)
    world.respond({"safe_here": UNSAFE, "why": ["dark"]}, flags=1)
    world.respond({"safe_here": UNSAFE, "why": ["dont_know"]}, flags=1)
    world.respond({"safe_here": UNSAFE, "why": "_skipped"}, flags=1)
    document = asked(question="why")
    dark, people = cell(document, "all", "dark"), cell(document, "all", "people")
    assert (dark["count"], dark["base"], dark["base_unflagged"]) == (3, 3, 2)
    assert (people["count"], people["base"]) == (2, 3)
    assert document["flagged"] == 3
    assert "dont_know" not in {row["option"] for row in document["rows"]}


def test_by_place_area_and_ward(world: World) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, times=5)
    world.respond({"safe_here": UNSAFE}, place=world.park, times=2)
    world.respond({"safe_here": UNSAFE}, place=world.library)
    world.respond({"safe_here": UNSAFE})
    assert groups(asked(by="place")) == ["abbey-green", "barking-station", "valence-library", "no place"]
    by_area = asked(by="area")
    assert groups(by_area) == ["barking-town-centre", "station-roads", "no area"]
    assert [cell(by_area, group, SAFE)["base"] for group in groups(by_area)] == [7, 5, 2]
    by_ward = asked(by="ward")
    assert groups(by_ward) == ["E05000002", "E05000001", "no ward"]  # by the wards' names
    assert [cell(by_ward, group, UNSAFE)["count"] for group in groups(by_ward)] == [2, 0, 2]


@pytest.mark.parametrize(
    ("place", "base"),
    [("barking-station", 5), ("barking-town-centre", 7), ("station-roads", 5), ("E05000002", 2), ("e05000002", 2)],
)
def test_a_place_an_area_or_a_ward_can_be_chosen(world: World, place: str, base: int) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, times=5)
    world.respond({"safe_here": UNSAFE}, place=world.park, times=2)
    world.respond({"safe_here": UNSAFE}, place=world.library)
    world.respond({"safe_here": UNSAFE})
    assert cell(asked(place=place), "all", SAFE)["base"] == base


def test_the_wording_names_the_one_place_chosen(world: World) -> None:
    assert asked(place="barking-station")["wording"] == "Do you feel safe here, at Barking Station?"
    assert asked(place="station-roads")["wording"] == "Do you feel safe here, at {place}?"


def test_by_week_puts_days_together_by_their_monday(world: World) -> None:
    for day, n in ((1, 1), (2, 2), (8, 3), (9, 4)):  # 2 and 9 November 2026 are Mondays
        world.respond({"safe_here": UNSAFE}, place=world.station, on=date(2026, 11, day), times=n)
    document = asked(by="week")
    assert {group: cell(document, group, UNSAFE)["count"] for group in groups(document)} == {
        "2026-10-26": 1, "2026-11-02": 5, "2026-11-09": 4,
    }  # fmt: skip


def test_by_poster_goes_by_the_code(world: World) -> None:
    world.respond({"safe_here": SAFE}, place=world.station, poster=world.poster, times=2)
    world.respond({"safe_here": SAFE}, place=world.station)
    document = asked(by="poster")
    assert groups(document) == [world.poster.code, "no poster"]
    assert cell(document, world.poster.code, SAFE)["count"] == 2


def test_by_age_keeps_the_imported_band_apart_and_names_those_not_known(world: World) -> None:
    for age, n in (("13-15", 4), ("13-17", 3), ("18-21", 2), (RATHER_NOT, 1), ("_skipped", 2)):
        world.respond({"safe_here": UNSAFE, "age": age}, times=n)
    world.respond({"safe_here": SAFE}, flags=1)
    document = asked(by="age")
    assert groups(document) == [
        "13-15", "16-17", "13-17", "18-21", "22-24", "25-34", "35-44", "45-54", "55-64", "65+", RATHER_NOT, "not known",
    ]  # fmt: skip
    bases = {group: cell(document, group, UNSAFE)["base"] for group in groups(document)}
    assert {group: n for group, n in bases.items() if n} == {
        "13-15": 4, "13-17": 3, "18-21": 2, RATHER_NOT: 1, "not known": 3,
    }  # fmt: skip
    assert (cell(document, "not known", SAFE)["count"], cell(document, "not known", SAFE)["count_unflagged"]) == (1, 0)
    assert cell(document, "22-24", SAFE)["share"] is None


def test_people_with_several_connections_stand_in_each_and_nobody_is_worked_out(world: World) -> None:
    world.respond({"safe_here": SAFE, "connection": ["live", "work"]}, times=2)
    world.respond({"safe_here": SAFE})
    document = asked(by="connection")
    assert groups(document) == ["live", "work", "study", "travel", "visit", RATHER_NOT]
    assert [cell(document, group, SAFE)["base"] for group in groups(document)] == [2, 2, 0, 0, 0, 0]


def test_by_date_daypart_and_channel(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=date(2026, 9, 30), daypart="21-24", channel="import")
    world.respond({"safe_here": SAFE}, on=date(2026, 8, 2), daypart="06-09", times=2)
    roll_up(TODAY)
    assert groups(asked(by="date")) == ["2026-08-02", "2026-09-30"]
    assert cell(asked(by="date"), "2026-08-02", SAFE)["count"] == 2
    assert groups(asked(by="daypart")) == [part.value for part in Daypart]
    assert [row["group"] for row in asked(by="daypart")["rows"] if row["count"]] == ["06-09", "21-24"]
    assert groups(asked(by="channel")) == ["web", "import"]
    world.respond({"safe_here": SAFE}, on=date(2026, 8, 2), daypart="", channel="import")
    assert groups(asked(by="daypart")) == [*(part.value for part in Daypart), "not known"]
    assert cell(asked(by="daypart"), "not known", SAFE)["count"] == 1


def test_waves_are_joined_by_the_questions_key(world: World) -> None:
    world.respond({"safe_here": SAFE}, on=date(2026, 3, 1), times=2)
    second = waves.fielding(waves.open_wave("safety", title="Second", opens_on=date(2026, 6, 1)).id)
    assert asked()["wave"] == 1  # the second has no answers yet
    assert asked(first="2026-10-01")["wave"] == 2  # neither has any there: the latest
    world.respond({"safe_here": UNSAFE}, fielding=second, on=date(2026, 7, 1))
    assert (asked()["wave"], cell(asked(), "all", UNSAFE)["count"]) == (2, 1)
    assert (asked(wave=1)["wave"], cell(asked(wave=1), "all", SAFE)["count"]) == (1, 2)
    assert asked(last="2026-06-30")["wave"] == 1
    both = asked(by="wave")
    assert groups(both) == ["1", "2"]
    assert (cell(both, "1", SAFE)["base"], cell(both, "2", UNSAFE)["base"]) == (2, 1)
    assert (both["wave"], both["from"], both["to"]) == (2, "2026-03-01", "2026-07-01")


def test_a_withdrawn_answer_leaves_no_trace(world: World) -> None:
    world.respond({"safe_here": SAFE, "age": "18-21"}, place=world.station, on=date(2026, 11, 3))
    id = world.respond({"safe_here": UNSAFE, "age": "18-21"}, place=world.park, on=date(2026, 11, 8), flags=1)
    world.withdraw(id)
    document = asked()
    assert (document["places"], document["to"], document["flagged"]) == (["barking-station"], "2026-11-03", 0)
    assert groups(asked(by="place")) == ["barking-station"]


@pytest.mark.parametrize("rolled", [False, True])
def test_dates_choose_the_same_with_and_without_month_rows(world: World, rolled: bool) -> None:
    for day in ("2026-07-31", "2026-08-01", "2026-08-31", "2026-09-01", "2026-10-31", "2026-11-01"):
        world.respond({"safe_here": SAFE}, on=date.fromisoformat(day), place=world.station)
    if rolled:
        roll_up(TODAY)
    for first, last, count, start, end in [
        ("2026-08-01", "2026-08-31", 2, "2026-08-01", "2026-08-31"),
        ("2026-08-02", "2026-10-30", 2, "2026-08-02", "2026-10-30"),
        (None, "2026-08-31", 3, "2026-07-31", "2026-08-31"),
        ("2026-09-01", None, 3, "2026-09-01", "2026-11-01"),
        (None, None, 6, "2026-07-31", "2026-11-01"),
    ]:
        for place in (None, "barking-station"):
            document = asked(first=first, last=last, place=place)
            found = (cell(document, "all", SAFE)["count"], document["from"], document["to"])
            assert found == (count, start, end)


@pytest.mark.parametrize("rolled", [False, True])
def test_every_table_equals_a_plain_count_of_the_answers(world: World, rolled: bool) -> None:
    """A hundred and twenty random responses, and every way of splitting and filtering them."""
    rng = random.Random(3)
    other = PosterFactory(place=world.park)
    for _ in range(120):
        place = rng.choice([world.station, world.park, world.library, None])
        world.respond(
            {
                "safe_here": rng.choice([*OPTIONS, RATHER_NOT, "_skipped"]),
                "why": rng.choice([["dark"], ["dark", "people", "traffic"], [RATHER_NOT], "_not_asked"]),
                "age": rng.choice(["18-21", "25-34", "65+", RATHER_NOT, "_skipped"]),
            },
            place=place, poster={world.station: world.poster, world.park: other}.get(place),  # type: ignore[call-overload]
            on=date(2026, 7, 20) + timedelta(days=rng.randrange(110)), flags=rng.choice([0, 0, 0, 1]),
            daypart=rng.choice(list(Daypart)), channel=rng.choice(["web", "sms"]),
        )  # fmt: skip
    if rolled:
        roll_up(TODAY)
    code = {world.poster.id: world.poster.code, other.id: other.code, None: "no poster"}
    slug: dict[int | None, str] = {p.id: p.slug for p in (world.station, world.park, world.library)} | {
        None: "no place"
    }
    first, last = date(2026, 8, 10), date(2026, 11, 3)
    for question in ("safe_here", "why"):
        for by in (None, "place", "poster", "age", "daypart", "date", "channel"):
            for dates in ({}, {"first": first, "last": last}):
                document = asked(question=question, by=by, **dates)
                expected: Counter[tuple[str, str, int]] = Counter()
                for _, s in world.answered:
                    if dates and not first <= s.answered_on <= last:
                        continue
                    of = {
                        None: "all", "place": slug[s.place_id], "poster": code[s.poster_id], "daypart": s.daypart,
                        "date": s.answered_on.isoformat(), "channel": s.channel,
                        "age": next((a for a in s.answers["age"] if a != "_skipped"), "not known"),
                    }  # fmt: skip
                    for option in s.answers[question]:
                        expected[of[by], option, int(s.flags == 0)] += 1
                found = Counter({(r["group"], r["option"], 1): r["count_unflagged"] for r in document["rows"]})
                found += Counter(
                    {(r["group"], r["option"], 0): r["count"] - r["count_unflagged"] for r in document["rows"]}
                )
                real = {row["option"] for row in document["rows"]}
                assert found == Counter({key: n for key, n in expected.items() if key[1] in real})


def place_cells(world: World, **options: Any) -> dict[str, Any]:
    for age, n in (("13-15", 9), ("16-17", 10), ("18-21", 4), ("22-24", 5)):
        world.respond({"safe_here": UNSAFE, "age": age}, place=world.station, poster=world.poster, times=n)
    return asked(**options)


def test_small_cells_of_a_place_and_an_age_are_hidden(world: World) -> None:
    document = place_cells(world, by="age", place="barking-station")
    shown = {group: cell(document, group, UNSAFE)["count"] for group in ("13-15", "16-17", "18-21", "22-24")}
    assert shown == {"13-15": None, "16-17": 10, "18-21": None, "22-24": 5}
    hidden = cell(document, "13-15", UNSAFE)
    assert [hidden[key] for key in ("share", "low", "high", "count_unflagged", "share_unflagged")] == [None] * 5
    assert (hidden["base"], cell(document, "13-15", SAFE)["count"]) == (None, None)  # a zero would tell


@pytest.mark.parametrize(
    "options",
    [
        {"question": "age", "by": "place"}, {"question": "age", "by": "poster"}, {"question": "age", "by": "ward"},
        {"question": "age", "place": "barking-station"}, {"question": "age", "place": "barking-town-centre"},
        {"question": "age", "place": "E05000001", "by": "date"},
    ],
)  # fmt: skip
def test_a_question_about_people_split_by_place_hides_alike(world: World, options: dict[str, str]) -> None:
    document = place_cells(world, **options)
    shown = {row["option"]: row["count"] for row in document["rows"] if row["base"]}
    assert {age: shown[age] for age in ("13-15", "16-17", "18-21", "22-24")} == {
        "13-15": None, "16-17": 10, "18-21": None, "22-24": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    "options", [{"by": "age"}, {"by": "place"}, {"by": "poster"}, {"place": "barking-station"}, {"question": "age"}]
)
def test_one_thing_alone_hides_nothing(world: World, options: dict[str, str]) -> None:
    document = place_cells(world, **options)
    assert None not in {row["count"] for row in document["rows"]}


def test_two_things_about_people_hide_too(world: World) -> None:
    world.respond({"safe_here": SAFE, "age": "18-21", "gender": "female"}, times=3)
    assert cell(asked(question="gender", by="age"), "18-21", "female")["count"] is None
    assert cell(asked(question="gender"), "all", "female")["count"] == 3


def test_unflagged_figures_are_hidden_when_only_they_are_small(world: World) -> None:
    world.respond({"safe_here": UNSAFE, "age": "18-21"}, place=world.station, times=3)
    world.respond({"safe_here": UNSAFE, "age": "18-21"}, place=world.station, times=4, flags=1)
    found = cell(asked(by="age", place="barking-station"), "18-21", UNSAFE)
    assert (found["count"], found["count_unflagged"], found["share_unflagged"]) == (7, None, None)


def test_where_children_gather_little_is_shown_of_few(world: World) -> None:
    school: Place = PlaceFactory(slug="made-up-school", kind="school_area", ward=None)
    db.session.flush()
    world.respond({"safe_here": UNSAFE}, place=school, times=29)
    assert {row["count"] for row in asked(place="made-up-school")["rows"]} == {None}
    world.respond({"safe_here": SAFE}, place=school, times=9)
    found = asked(by="place")
    assert (cell(found, "made-up-school", UNSAFE)["count"], cell(found, "made-up-school", SAFE)["count"]) == (29, None)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"survey": "safty"}, "Surveys here: robbery, safety"),
        ({"survey": "robbery"}, "has not been opened yet"),
        ({"question": "safe"}, "safe_in_borough"),
        ({"question": "help_comment"}, "answered in words"),
        ({"wave": 7}, "Waves there are: 1"),
        (
            {"by": "shoe"},
            "Split them by one of: place, area, ward, poster, age, daypart, date, week, wave, channel, gender",
        ),
        ({"place": "barking-staton"}, "Did you mean barking-station"),
        ({"place": "qqqq"}, "Some there are: abbey-green"),
        ({"first": "yesterday"}, "--from is 'yesterday': write a day as 2026-11-20"),
        ({"last": "2026-13-01"}, "--to"),
        ({"first": "2026-11-02", "last": "2026-11-01"}, "change them round"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(world: World, options: dict[str, Any], words: str) -> None:
    with pytest.raises(selection.UserError) as refused:
        asked(**options)
    assert words in refused.value.message


def test_ages_that_were_never_split_leave_the_halves_without_a_share(world: World) -> None:
    world.respond({"age": "13-17"}, times=3, channel="import")
    world.respond({"age": "13-15"}, times=2)
    world.respond({"age": "18-21"}, place=world.park, times=12)
    found = results("safety", question="age")
    assert [row.option for row in found.rows][:4] == ["13-15", "16-17", "13-17", "18-21"]  # nobody under 13 is kept
    shown = {
        row.option: (row.figures.count, row.figures.base, row.figures.share, row.figures.low) for row in found.rows
    }
    assert shown["13-15"] == (2, 17, None, None)
    assert shown["13-17"][:3] == (3, 17, 3 / 17)
    assert any("13 to 17 only" in note for note in found.notes)
    apart = results("safety", question="age", place="abbey-green")
    assert {row.option: row.figures.share for row in apart.rows}["13-15"] == 0.0
    assert apart.notes == ()


def test_under_13_stands_in_no_table(world: World) -> None:
    world.respond({"age": "16-17"})
    assert "under_13" not in {row.option for row in results("safety", question="age").rows}

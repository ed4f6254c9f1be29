"""What an address asks for, the words of the page, the map that is drawn, and open data."""

from __future__ import annotations

import itertools
import math
from datetime import date, datetime, time
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from community.places.geometry import distance_m
from community.safe_havens import kinds, open_data
from community.safe_havens.public import asking, words
from community.safe_havens.public.drawing import MARGIN, WIDTH, Spot, drawn
from community.safe_havens.public.ground import FINEST_DEGREES, Ground, Landmark, simplified
from community.safe_havens.public.spreading import spread
from community.safe_havens.public.venue_hours import on_holidays, other_days, week
from tests.unit.safe_havens.test_directory import venue
from tests.unit.support.test_open_referral import BRIEF, SCHEMA, faults

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 12, 20, 21, 20, tzinfo=LONDON)
PLACED: dict[str, Any] = SCHEMA | {
    "service_at_locations": [
        {"id!": "uuid", "service_id": "uuid",
         "location": {"id!": "uuid", "location_type!": "words", "name": "words", "description": "words",
                      "latitude": "number", "longitude": "number"}}
    ],
}  # fmt: skip
"""The profile of the support directory, and where a service is."""


def read(**asked: str | list[str]) -> asking.Asked:
    return asking.read(MultiDict(asked), NOW, ["English", "Urdu"])


@pytest.mark.parametrize("ours", ["KINDS", "FACILITIES", "ACCESS", "PROBLEMS", "FEEDBACK"])
def test_the_page_says_what_the_lists_say(ours: str) -> None:
    listed = getattr(kinds, "HAVEN_KINDS" if ours == "KINDS" else ours)
    assert {key: str(label) for key, label in getattr(words, ours).items()} == listed


@pytest.mark.parametrize(
    ("day", "at", "moment", "wrong"),
    [
        ("", "", None, ""),
        ("2026-12-21", "09:30", datetime(2026, 12, 21, 9, 30, tzinfo=LONDON), ""),
        ("", "11pm", datetime(2026, 12, 20, 23, tzinfo=LONDON), ""),
        ("2026-12-25", "12:00", datetime(2026, 12, 25, 12, tzinfo=LONDON), ""),
        ("", "21:20", datetime(2026, 12, 20, 21, 20, tzinfo=LONDON), ""),
        ("", "01:00", datetime(2026, 12, 21, 1, tzinfo=LONDON), ""),
        ("2026-12-20", "01:00", datetime(2026, 12, 20, 1, tzinfo=LONDON), ""),
        ("2026-12-21", "", None, "time"),
        ("2026-12-21", "25:00", None, "time"),
        ("2027-01-03", "09:00", None, "day"),
        ("2026-12-19", "09:00", None, "day"),
        ("tomorrow", "09:00", None, "day"),
    ],
)
def test_a_moment_is_read_or_said_to_be_wrong(day: str, at: str, moment: datetime | None, wrong: str) -> None:
    asked = read(day=day, time=at)
    assert (asked.at, asked.wrong) == (moment, wrong)


def test_bank_holidays_may_be_asked_for_before_other_days() -> None:
    days = asking.days_ahead(date(2026, 11, 20))
    assert days[-4:] == [date(2026, 12, 3), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)]


TEXT = st.text(max_size=300) | st.sampled_from(["\0", "' OR 1=1 --", "\u202eabc", "9" * 400, "<script>", "%00", "٣"])


NAMES = ("near", "open", "day", "time", "page", "all", "offers", "speaks")


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(TEXT, min_size=1, max_size=4)))
def test_whatever_an_address_holds_is_bounded_and_says_itself_again(sent: dict[str, list[str]]) -> None:
    asked = asking.read(MultiDict(sent), NOW, ["English", "Urdu"])
    assert len(asked.near) <= asking.MOST_TYPED and asked.near.isprintable()
    assert 1 <= asked.page < 100_000 and set(asked.offers) <= kinds.OFFERED.keys()
    again = asking.read(MultiDict(parse_qsl(asked.query())), NOW, ["English", "Urdu"])
    assert (again.near, again.is_now, again.at, again.offers) == (asked.near, asked.is_now, asked.at, asked.offers)


def test_what_is_changed_takes_the_place_of_what_was_asked() -> None:
    asked = read(near="upney", open="now", offers=["water", "seat", "gold"], speaks=["Urdu", "Elvish"])
    assert asked.query(page=2, near="") == "open=now&offers=seat&offers=water&speaks=Urdu&page=2"


def test_the_week_and_the_days_that_are_not_as_always() -> None:
    days = {date(2026, 12, 19): (), date(2026, 12, 24): ((600, 780),), date(2027, 2, 14): ((0, 1440),)}
    cafe = venue(1, "Mo-Fr 09:00-17:00; PH off", exceptions=days)
    assert [(one.day.day, one.spans) for one in week(cafe, NOW.date())][4:6] == [(18, ((540, 1020),)), (19, ())]
    told = [(one.day.day, one.spans, one.is_holiday) for one in other_days(cafe, NOW.date())]
    assert told == [
        (24, ((600, 780),), False),
        (25, (), True),
        (28, (), True),
        (1, (), True),
        (14, ((0, 1440),), False),
    ]
    assert (on_holidays(cafe), on_holidays(venue(1, "24/7"))) == ((), None)


POINTS = st.lists(st.tuples(st.floats(51.50, 51.60), st.floats(0.05, 0.18)), min_size=1, max_size=12)


@given(POINTS)
def test_every_venue_stands_in_the_picture_and_the_scale_is_true(points: list[tuple[float, float]]) -> None:
    spots = [Spot(n, f"V {n}", lat, lon, True) for n, (lat, lon) in enumerate(points, 1)]
    picture = drawn(spots, Ground([], [], []))
    for mark in picture.venues:
        assert mark.home is not None and 12 <= mark.x <= WIDTH - 12 and 12 <= mark.y <= picture.height - 12
        x, y = mark.home
        assert MARGIN - 1 <= x <= WIDTH - MARGIN + 1 and MARGIN - 1 <= y <= picture.height - MARGIN + 1
    assert [mark.words for mark in picture.venues] == [str(n) for n in range(len(spots), 0, -1)]
    (one, other), units_per_m = (picture.venues[-1], picture.venues[0]), picture.bar / picture.bar_m
    metres = distance_m(*points[0], *points[-1])
    assert one.home and other.home
    assert math.dist(one.home, other.home) == pytest.approx(metres * units_per_m, rel=0.02, abs=0.5)


@given(st.lists(st.tuples(st.floats(20, 340), st.floats(20, 280)), min_size=1, max_size=14))
def test_marks_that_would_lie_on_each_other_are_moved_apart_and_stay_in_the_picture(
    points: list[tuple[float, float]],
) -> None:
    apart = spread(points, [12] * len(points), width=360, height=300)
    assert apart == spread(points, [12] * len(points), width=360, height=300)
    for one, other in itertools.combinations(apart, 2):
        assert math.dist(one, other) >= 22
    assert all(12 <= x <= 348 and 12 <= y <= 288 for x, y in apart)


def test_marks_with_room_stay_where_they_are_and_a_heap_is_taken_apart() -> None:
    assert spread([(50, 50), (150, 50)], [12, 12], width=360, height=300) == [(50, 50), (150, 50)]
    heap = spread([(180, 150)] * 12, [12] * 12, width=360, height=300)
    assert min(math.dist(one, other) for one, other in itertools.combinations(heap, 2)) >= 23
    assert max(math.dist(one, (180, 150)) for one in heap) < 80


def test_a_venue_of_another_page_has_a_small_mark_without_a_number() -> None:
    picture = drawn([Spot(1, "V", 51.54, 0.08, True), Spot(0, "W", 51.54, 0.08, False)], Ground([], [], []))
    assert sorted((mark.words, mark.radius) for mark in picture.venues) == [("", 6), ("1", 12)]


def test_names_of_landmarks_lie_on_nothing() -> None:
    marks = [Landmark(f"Landmark {n}", 51.54 + n / 5000, 0.08, True) for n in range(20)]
    picture = drawn([Spot(1, "V", 51.541, 0.08, False)], Ground([], marks, []))
    assert 1 < len(picture.landmarks) < len(marks)
    for a, b in itertools.combinations(picture.landmarks, 2):
        assert abs(a.y - b.y) >= 18 or a.from_end != b.from_end


def test_an_edge_with_fewer_corners_stays_where_it_was() -> None:
    ring = tuple(
        (0.1 + math.cos(n / 500 * math.tau) / 50, 51.5 + math.sin(n / 500 * math.tau) / 50) for n in range(501)
    )
    fewer = simplified(ring, FINEST_DEGREES)
    assert fewer[0] == fewer[-1] == ring[0] and set(fewer) <= set(ring) and len(fewer) < 60
    for corner in ring:
        near = min(_to_line(corner, a, b) for a, b in itertools.pairwise(fewer))
        assert near <= FINEST_DEGREES * 1.01


def _to_line(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / (math.dist(a, b) ** 2)
    along = max(0.0, min(1.0, along))
    return math.dist(point, (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


def placed_faults(document: dict[str, Any]) -> list[str]:
    """As the support directory's check, with positions as numbers."""
    spots = document.get("service_at_locations", [])
    numbers = [spot["location"].pop(name) for spot in spots for name in ("latitude", "longitude")]
    return faults(document, PLACED) + [f"{number!r} is no position" for number in numbers if type(number) is not float]


@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize("written", ["24/7", "Mo-Su 09:00-17:00; PH off", "Fr,Sa 18:00-02:30; Su 12:00-24:00"])
def test_a_venue_fits_the_profile_of_open_referral(written: str, demo: bool) -> None:
    offered = frozenset({"water", "step_free"})
    haven = venue(1, written, address="1 Made Up Street", offers=offered, languages=("English", "Urdu"), demo=demo)
    whole = open_data.full(haven, "A council")
    assert open_data.brief(haven, "A council").items() <= whole.items()
    assert faults(open_data.brief(haven, "A council"), BRIEF) == []
    assert placed_faults(whole) == []
    assert whole["description"].startswith("Made up") == demo
    assert [term["taxonomy_term"]["term"] for term in whole["attributes"]] == ["cafe", "water", "step_free"]


def test_a_night_closes_on_the_next_day() -> None:
    (night, sunday) = open_data.full(venue(1, "Fr,Sa 18:00-02:30; Su 12:00-24:00", address="x"), "A")["schedules"]
    assert (night["byday"], night["opens_at"], night["closes_at"]) == ("FR,SA", "18:00:00", "02:30:00")
    assert sunday["closes_at"] == "23:59:59"


def test_geojson_says_where_when_and_whether_it_is_made_up() -> None:
    cafe = venue(1, "Mo-Su 16:00-01:00", lat=51.5412345678, demo=True, exceptions={date(2026, 12, 25): ()})
    told = open_data.collection([cafe], NOW)
    (feature,) = told["features"]
    assert told["type"] == "FeatureCollection" and feature["geometry"] == {
        "type": "Point",
        "coordinates": [0.08, 51.541235],
    }
    properties = feature["properties"]
    assert (properties["open_now"], properties["until"]) == (True, "2026-12-21T01:00+00:00")
    assert (properties["exceptions"], properties["demo"]) == ({"2026-12-25": "off"}, True)
    assert not [name for name in properties if "contact" in name or "email" in name or "phone" in name]


@pytest.mark.parametrize(("at", "said"), [(time(19), "7pm"), (time(0), "midnight"), (time(9, 30), "9:30am")])
def test_a_time_is_said_as_people_say_it(at: time, said: str) -> None:
    assert words.time_in_words(at) == said

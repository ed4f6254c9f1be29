"""The nearest open door, by a second, slower way; in the open, at any minute, on clock-change nights and holidays."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.geometry import distance_m
from community.safe_havens.directory import Directory, wanted_by
from community.safe_havens.venue import Venue

LONDON = ZoneInfo("Europe/London")
WRITTEN = (
    "24/7", "Mo-Su 09:00-17:00", "Mo-Fr 08:00-12:00,13:00-18:00; PH off", "Fr,Sa 18:00-02:30; Su 12:00-24:00",
    "Mo-Su 00:00-24:00; PH 10:00-16:00", "Su 01:00-03:00", "Mo-Th 22:00-06:00; Fr-Su 20:00-08:00",
)  # fmt: skip
SPANS = st.sampled_from([(), ((600, 840),), ((1320, 1620),)])
MOMENTS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(LONDON)),
    st.datetimes(datetime(2026, 10, 25, 0), datetime(2026, 10, 25, 4), timezones=st.just(LONDON)),
    st.datetimes(datetime(2027, 3, 28, 0), datetime(2027, 3, 28, 4), timezones=st.just(LONDON)),
    st.datetimes(datetime(2026, 12, 24), datetime(2026, 12, 29), timezones=st.just(LONDON)),
)


def venue(n: int, opening: str = "Mo-Su 09:00-17:00", lat: float = 51.54, lon: float = 0.08, **more: object) -> Venue:
    told: dict[str, object] = {
        "id": n, "slug": f"v{n:04}", "name": f"V {n:04}", "kind": "cafe", "address": "", "place_slug": None,
        "place_name": None, "lat": lat, "lon": lon, "opening": opening, "exceptions": {}, "offers": frozenset(),
        "languages": ("English",), "checked_on": date(2026, 7, 1), "keeps_out": False, "demo": False,
    }  # fmt: skip
    return Venue(**{**told, **more})  # type: ignore[arg-type]


VENUES = st.lists(
    st.tuples(
        st.sampled_from(WRITTEN),
        st.floats(51.5, 51.6),
        st.floats(0.05, 0.17),
        st.dictionaries(st.dates(date(2026, 10, 24), date(2026, 12, 28)), SPANS, max_size=2),
    ),
    max_size=12,
).map(lambda rows: [venue(n, *row[:3], exceptions=row[3]) for n, row in enumerate(rows)])


@given(VENUES, MOMENTS, st.floats(51.5, 51.6), st.floats(0.05, 0.17))
def test_the_open_ones_nearest_first_as_a_plain_walk_through_all_finds_them(
    venues: list[Venue], at: datetime, lat: float, lon: float
) -> None:
    plain = sorted((distance_m(lat, lon, v.lat, v.lon), v.slug) for v in venues if v.hours.is_open(at))
    found = Directory(venues, at.date()).nearest(lat, lon, at=at)
    assert sorted(near.venue.slug for near in found) == sorted(slug for _, slug in plain)
    assert [near.distance_m for near in found] == pytest.approx([metres for metres, _ in plain], abs=0.01)
    assert all(near.until == near.venue.hours.until(at) for near in found)


@given(VENUES, MOMENTS, st.floats(51.5, 51.6), st.floats(0.05, 0.17))
def test_the_next_to_open_is_shut_now_and_none_opens_before_it(
    venues: list[Venue], at: datetime, lat: float, lon: float
) -> None:
    found = Directory(venues, at.date()).next_to_open(lat, lon, at=at)
    opening = [v.hours.next_opening(at) for v in venues if not v.hours.is_open(at)]
    known = [opens for opens in opening if opens]
    assert (found is None) == (not known)
    if found:
        assert (found.day, found.at) == min(known) and not found.venue.hours.is_open(at)


def test_only_so_far_so_many_and_what_is_wanted() -> None:
    venues = [venue(n, lat=51.54 + n / 1000, offers=frozenset({"water"} if n % 2 else set())) for n in range(6)]
    noon = datetime(2026, 11, 20, 12, tzinfo=LONDON)
    listed = Directory(venues, noon.date())
    assert [near.venue.id for near in listed.nearest(51.54, 0.08, at=noon, most=2)] == [0, 1]
    assert [near.venue.id for near in listed.nearest(51.54, 0.08, at=noon, within_m=250)] == [0, 1, 2]
    assert [near.venue.id for near in listed.nearest(51.54, 0.08, at=noon, wanted=wanted_by(["water"]))] == [1, 3, 5]
    assert not listed.nearest(51.54, 0.08, at=noon, wanted=wanted_by(languages=["Urdu"]))


def test_a_list_of_one_day_does_not_answer_for_another() -> None:
    with pytest.raises(ValueError, match="2026-11-20"):
        Directory([venue(1)], date(2026, 11, 20)).open_at(datetime(2026, 11, 21, tzinfo=LONDON))

"""A Safe Haven asked for by text, wherever a place is named in the sentence; on both engines."""

from __future__ import annotations

import pytest
from flask import Flask

from community.bot import finding
from community.bot.finding import find_haven, found
from community.extensions import db
from community.messaging.segments import segments
from community.places.service.naming import Spot, places_meant, spot_named
from community.places.service.places import get_by_slug, load_facts
from community.places.service.posters import create_posters
from community.safe_havens.directory import Near, NextOpening
from community.safe_havens.service.answer import Answer
from tests.factories.safe_havens import ListedFactory
from tests.service.bot.phone import NOON, Phone
from tests.unit.safe_havens.test_directory import venue


@pytest.fixture
def places(app: Flask, db_session: object) -> None:
    load_facts()
    db.session.commit()


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("closest safe haven to RM10 7AA", "RM10"),
        ("any in ig11?", "IG11"),
        ("safe haven near rm8", "RM8"),
        ("which cafe on East Street is a safe haven", "East Street"),
        ("haven barking station", "Barking Station"),
        ("haven Barking tube", "Barking Station"),
        ("is there a safe haven near the Heathway right now", "Dagenham Heathway shops"),
        ("haven upney", "Upney Station"),
        ("haven upny", "Upney Station"),
        ("nearest safe haven to barkin staton pls", "Barking Station"),
        ("safe haven by Barking Station bus stops", "Barking Station bus stops"),
        ("where can i go near Vicarage Field", "Vicarage Field Shopping Centre"),
        ("haven st chads park", "St Chad's Park"),
        ("haven barking", "Barking Station"),
    ],
)
def test_a_place_is_found_anywhere_in_a_sentence(text: str, name: str) -> None:
    spot = spot_named(text)
    assert spot is not None and spot.name == name
    assert spot.lat is not None and 51.4 < spot.lat < 51.7
    reply = find_haven(text, NOON)
    assert reply is not None and reply.id == "haven_none_near"
    assert reply.text.startswith("In danger? Call 999.") and name in reply.text
    assert "lbbd.gov.uk/safe-havens" in reply.text and segments(reply.text) == 1


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    "text", ["nearest safe haven", "haven", "where is a safe place please", "haven xyzzy", "i am scared and alone", ""]
)
def test_a_sentence_without_a_place_finds_none(text: str) -> None:
    assert find_haven(text, NOON) is None


@pytest.mark.usefixtures("places")
def test_a_postcode_elsewhere_is_outside_and_only_its_first_half_is_said() -> None:
    reply = find_haven("safe haven near SW1A 2AA", NOON)
    assert reply is not None and reply.id == "haven_outside"
    assert "SW1A" in reply.text and "2AA" not in reply.text and "999" in reply.text


@pytest.mark.usefixtures("places")
def test_a_poster_says_where_somebody_is() -> None:
    (poster,) = create_posters(get_by_slug("upney-station"), on=NOON.date())
    db.session.commit()
    reply = find_haven(f"haven {poster.code.lower()}", NOON)
    assert reply is not None and "Upney Station" in reply.text


@pytest.mark.usefixtures("places")
def test_the_conversation_asks_the_finder_and_keeps_no_position() -> None:
    phone = Phone()
    assert "near RM10 is on our list" in phone.says("closest safe haven to RM10 7AA")
    talk = phone.remembered
    assert talk is not None and "RM10" not in str(talk.to_json())


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Barking Station", ["barking-station"]),
        ("upney", ["upney-station"]),
        ("at the Heathway", ["dagenham-heathway-shops"]),
        ("The Leys", ["the-leys"]),
        ("hes outside barking station", []),
        ("he has followed me to Barking Station", []),
        ("my ex follows me home", []),
        ("he hits me every day and i cannot cope", []),
        ("no", []),
        ("ok", []),
    ],
)
def test_a_short_text_means_a_place_or_does_not(text: str, slugs: list[str]) -> None:
    assert [place.slug for place in places_meant(text)] == slugs


@pytest.mark.usefixtures("places")
def test_a_word_that_fits_many_places_offers_five() -> None:
    assert len(places_meant("barking")) == 5


@pytest.mark.usefixtures("places")
def test_open_safe_havens_are_named_nearest_first_as_many_as_fit() -> None:
    for n in range(1, 5):
        ListedFactory(name=f"Made up cafe {n}", address=f"{n} Long Road, Barking", lat=51.5395 - n / 10_000, lon=0.081)
    ListedFactory(name="Shut cafe", lat=51.5395, lon=0.081, opening="Mo-Su 01:00-02:00")
    reply = find_haven("haven barking station", NOON)
    assert reply is not None
    assert reply.text.startswith("Safe Havens open near Barking Station: Made up cafe 1, 1 Long Road, Barking, ")
    assert "open till 5pm" in reply.text and "Shut cafe" not in reply.text
    assert segments(reply.text) == 1 and reply.text.endswith("In danger? Call 999.")
    assert finding.MOST_NAMED < 4 and "Made up cafe 4" not in reply.text


@pytest.mark.usefixtures("places")
def test_where_none_is_open_the_next_to_open_is_named_after_999() -> None:
    ListedFactory(name="Early cafe", address="5 Long Road", lat=51.5395, lon=0.081, opening="Mo-Su 07:00-09:00")
    ListedFactory(name="Late cafe", lat=51.5395, lon=0.081, opening="Mo-Su 08:00-09:00")
    reply = find_haven("haven barking station", NOON)
    assert reply is not None and reply.text.startswith("In danger? Call 999. No Safe Haven is open within 800 m")
    assert "Early cafe, 5 Long Road, opens tomorrow 7am" in reply.text


@pytest.mark.usefixtures("places")
def test_where_none_near_is_open_one_further_away_is_named_and_who_opens_next_near_by() -> None:
    ListedFactory(name="Far cafe", lat=51.5595, lon=0.081)
    ListedFactory(name="Farther cafe", lat=51.5695, lon=0.081)
    ListedFactory(name="Near cafe", lat=51.5395, lon=0.081, opening="Mo-Su 08:00-09:00")
    ListedFactory(name="Early far cafe", lat=51.5695, lon=0.081, opening="Mo-Su 06:00-09:00")
    reply = find_haven("haven barking station", NOON)
    assert reply is not None and segments(reply.text) == 1
    assert reply.text == (
        "In danger? Call 999. No Safe Haven is open within 800 m of Barking Station. "
        "Open now: Far cafe, 2.2 km, till 5pm. Next: Near cafe, opens tomorrow 8am."
    )


@pytest.mark.usefixtures("places")
def test_without_a_place_it_is_said_how_to_ask_once_there_is_a_list() -> None:
    ListedFactory()
    reply = find_haven("where is a safe haven", NOON)
    assert reply is not None and "Text HAVEN and the place" in reply.text and segments(reply.text) == 1


LONG = "The Very Long and Winding Name of a Community Hub for Everybody in Barking and Dagenham (demo)"


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("opening", ["24/7", "Mo-Su 01:00-02:00"])
@pytest.mark.parametrize("name", [LONG, "x" * 120, "Café Ştefan – “Bună” " * 5, "Café «Ştefan» " * 8])
@pytest.mark.parametrize("place", ["haven barking station", "haven vicarage field", "haven rm10"])
def test_however_long_the_names_are_it_is_one_text(opening: str, name: str, place: str) -> None:
    spot = spot_named(place)
    assert spot is not None and spot.lat is not None
    ListedFactory(name=name, address="1 Long Road, " * 15, lat=spot.lat, lon=spot.lon, opening=opening)
    reply = find_haven(place, NOON)
    assert reply is not None and segments(reply.text) == 1
    assert "999" in reply.text and name[:4] in reply.text
    assert ("open day and night" in reply.text) == (opening == "24/7")


@pytest.mark.parametrize("n", [12, 30, 60, 120])
def test_a_place_with_a_long_name_is_cut_before_the_venue_is(n: int) -> None:
    place, near = Spot("P" * n, 51.5, 0.1), Near(venue(1, "24/7"), 70, True, None)
    opens = NextOpening(near.venue, 70, NOON.date(), NOON.time(), "opens today 5pm")
    for answer in (
        Answer((near,), None, None, any_listed=True),
        Answer((), None, None, any_listed=False),
        Answer((), None, opens, any_listed=True),
        Answer((), near, None, any_listed=True),
        Answer((), near, opens, any_listed=True),
    ):
        reply = found(place, answer)
        assert segments(reply.text) == 1 and "P" * 8 in reply.text
        assert ("V 0001" in reply.text) == answer.any_listed

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
from community.safe_havens.service import OpenHaven, open_near
from tests.service.bot.phone import NOON, Phone


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


def test_no_safe_haven_is_listed_until_the_scheme_is_built() -> None:
    assert list(open_near(51.54, 0.08, at=NOON)) == []


def test_open_safe_havens_are_named_as_many_as_fit() -> None:
    spot = Spot("Barking Station", 51.54, 0.08)
    shops = [OpenHaven(f"Made up cafe {n}", f"{n} Long Road, Barking", "6pm") for n in range(1, 5)]
    reply = found(spot, shops)
    assert reply.text.startswith(
        "Safe Havens open near Barking Station: Made up cafe 1, 1 Long Road, Barking, open till 6pm"
    )
    assert segments(reply.text) == 1 and reply.text.endswith("In danger? Call 999.")
    assert len(shops) > finding.MOST_NAMED and "Made up cafe 4" not in reply.text

"""A Safe Haven asked for by text, wherever a place is named in the sentence; on both engines."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import community.places
from community.bot import finding
from community.bot.finding import find_haven
from community.bot.haven_words import found
from community.bot.plain_letters import plain_letters
from community.extensions import db
from community.messaging.segments import segments
from community.places.one_slip import SHORTEST
from community.places.service.naming import Spot, places_meant, spot_named
from community.places.service.places import get_by_slug, load_facts
from community.places.service.posters import create_posters
from community.places.slugs import plain
from community.safe_havens.directory import Near, NextOpening
from community.safe_havens.service.answer import Answer
from tests.factories.safe_havens import ListedFactory
from tests.service.bot.phone import NOON, Phone
from tests.unit.safe_havens.test_directory import venue

PLACES = Path(community.places.__file__).parent / "facts" / "places.csv"
with PLACES.open(encoding="utf-8", newline="") as file:
    ALL = [(row["name"], row["kind"]) for row in csv.DictReader(file)]
"""(name, kind) of every place that ships."""


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
        ("haven dagenham east", "Dagenham East Station"),
        ("safe haven by Barking Station bus stops", "Barking Station bus stops"),
        ("where can i go near Vicarage Field", "Vicarage Field Shopping Centre"),
        ("haven st chads park", "St Chad's Park"),
        ("haven becontree", "Becontree Estate (middle)"),
        ("haven becontree stn", "Becontree Station"),
        ("haven becontree sta", "Becontree Station"),
        ("haven becontree underground", "Becontree Station"),
        ("haven becontree train station", "Becontree Station"),
        ("haven becontree statoin", "Becontree Station"),
        ("haven the station in becontree", "Becontree Station"),
        ("haven chadwell heath stn", "Chadwell Heath Station"),
        ("haven chadwell heath tube", "Chadwell Heath Station"),
        ("haven chadwell heath train", "Chadwell Heath Station"),
        ("haven chadwell heath", "Chadwell Heath High Road"),
        ("haven becontree heath stn", "Becontree Heath bus station"),
        ("haven barking stn", "Barking Station"),
        ("haven barking overground", "Barking Station"),
        ("haven barking riverside overground", "Barking Riverside Station"),
        ("haven upney stn", "Upney Station"),
        ("on the train to upney any haven", "Upney Station"),
        ("near the heathway tube", "Dagenham Heathway Station"),
        ("haven barkin station", "Barking Station"),
        ("haven barkign tube", "Barking Station"),
        ("haven gascoine", "Gascoigne Estate"),
        ("haven dagnham east", "Dagenham East Station"),
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
        "Open now: Far cafe, 1 Made Up Street, 2.2 km, till 5pm."
    )


@pytest.mark.usefixtures("places")
def test_without_a_place_it_is_said_how_to_ask_once_there_is_a_list() -> None:
    ListedFactory()
    reply = find_haven("where is a safe haven", NOON)
    assert reply is not None and "Text HAVEN and the street or station" in reply.text and segments(reply.text) == 1


MILL = {"name": "Millbrook Community Pharmacy and Post Office (demo)", "address": "117 Ripple Road, Barking IG11 7PB"}


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("lat", "opening"),
    [(51.5395, "24/7"), (51.5595, "24/7"), (51.5395, "Mo-Su 01:00-02:00")],
    ids=["near", "far", "next"],
)
def test_whole_name_and_street_of_one_are_said_in_two_texts_rather_than_cut(lat: float, opening: str) -> None:
    ListedFactory(**MILL, lat=lat, lon=0.081, opening=opening)
    ListedFactory(**{**MILL, "name": f"Second {MILL['name']}"}, lat=lat + 0.001, lon=0.081, opening=opening)
    reply = find_haven("haven barking station", NOON)
    assert reply is not None and segments(reply.text) <= 2
    assert f"{MILL['name']}, {MILL['address']}" in reply.text and "Second" not in reply.text
    assert "Barking Station" in reply.text and "..." not in reply.text


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("haven barking", "such as Barking Station or "),
        ("haven upny", "such as Upney Station."),
        ("nearest safe haven to barkin staton pls", "such as Barking Station or "),
        ("haven bking stn", "such as Barking Station or "),
        ("haven bark stn", "such as Barking Station or "),
        ("haven parking station", "such as Barking Station or "),
        ("haven barking bus station", "such as Barking Station bus stops."),
        ("haven becontree market", "such as Becontree Estate (middle)."),
        ("haven ripple road tube", "such as Ripple Road."),
        ("haven dagenham stn", "such as Dagenham Dock Station or Dagenham East Station."),
        ("haven barking station or upney station", "such as Upney Station or Barking Station."),
        ("haven wakering road barking station", "such as Barking Station or Wakering Road."),
        ("haven near the church", "such as "),
        ("haven tube", "such as "),
        ("haven goodmayes stn", "Goodmayes is outside it"),
        ("haven my house", "we do not know that place"),
        ("haven xyzzy", "we do not know that place"),
        ("haven london", "London is outside it"),
        ("haven rainham", "Rainham is outside it"),
        ("safe haven in Ilford please", "Ilford is outside it"),
    ],
)
def test_what_is_not_clearly_one_place_of_ours_is_not_guessed_at(text: str, words: str) -> None:
    ListedFactory(**MILL, lat=51.5395, lon=0.081, opening="24/7")
    reply = find_haven(text, NOON)
    assert reply is not None and words in reply.text and segments(reply.text) == 1
    assert "Millbrook" not in reply.text and "999" in reply.text


@pytest.mark.usefixtures("places")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ALL), st.sampled_from(["stn", "sta", "tube", "underground", "train", "train station"]))
def test_who_says_station_is_never_sent_to_anything_else(place: tuple[str, str], word: str) -> None:
    name, kind = place
    short = name.removesuffix(" Station").removesuffix(" (middle)").removesuffix(" Estate")
    spot = spot_named(f"haven {short} {word}")
    assert spot is None or not spot.is_clear or "station" in spot.name.lower()
    assert kind != "station" or (spot is not None and spot.is_clear and spot.name == name)


@pytest.mark.usefixtures("places")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ALL), st.data())
def test_a_slip_in_a_name_finds_that_place_or_none_for_sure(place: tuple[str, str], data: st.DataObject) -> None:
    name, _ = place
    words = plain(name).split()
    long = [at for at, word in enumerate(words) if len(word) > SHORTEST]
    assume(long)
    at = data.draw(st.sampled_from(long))
    letter = data.draw(st.integers(1, len(words[at]) - 1))
    words[at] = words[at][:letter] + words[at][letter + 1 :]
    spot = spot_named(f"haven {' '.join(words)}")
    assert spot is None or not spot.is_clear or spot.name == name


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("text", ["haven ig11 7nj", "haven IG11"])
def test_a_postcode_is_said_to_be_its_middle_and_a_street_is_asked_for(text: str) -> None:
    spot = spot_named("IG11")
    assert spot is not None and spot.lat is not None
    ListedFactory(**MILL, lat=spot.lat, lon=spot.lon, opening="24/7")
    reply = find_haven(text, NOON)
    assert reply is not None and "near the middle of IG11: Millbrook" in reply.text and segments(reply.text) <= 2
    assert "only the IG11 part" in reply.text and "text a street or station" in reply.text
    assert "7nj" not in reply.text.lower()


@pytest.mark.usefixtures("places")
def test_that_none_is_open_near_a_postcode_is_said_of_its_middle() -> None:
    spot = spot_named("IG11")
    assert spot is not None and spot.lat is not None
    ListedFactory(**MILL, lat=spot.lat + 0.02, lon=spot.lon, opening="24/7")
    reply = find_haven("haven ig11 7nj", NOON)
    assert reply is not None and "within 800 m of the middle of IG11. Open now: Millbrook" in reply.text
    assert segments(reply.text) <= 2


@pytest.mark.usefixtures("places")
def test_after_haven_a_place_alone_is_enough_until_something_else_is_said() -> None:
    ListedFactory(**MILL, lat=51.5395, lon=0.081, opening="24/7")
    phone = Phone()
    assert "Safe Havens are shops" in phone.says("haven")
    assert "Millbrook" in phone.says("barking station")
    assert "such as" in phone.says("barking"), "and again, for the next place"
    assert "near Upney Station" in phone.says("upney") or "of Upney Station" in phone.says("upney")
    assert "Send MENU" in phone.says("thanks")
    assert "Millbrook" not in phone.says("barking station")
    assert "Rainham" not in str(phone.remembered)


LONG = "The Very Long and Winding Name of a Community Hub for Everybody in Barking and Dagenham (demo)"


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("opening", ["24/7", "Mo-Su 01:00-02:00"])
@pytest.mark.parametrize("name", [LONG, "x" * 120, "Café Ştefan – “Bună” " * 5, "Café «Ştefan» " * 8])
@pytest.mark.parametrize("place", ["haven barking station", "haven vicarage field", "haven rm10"])
@pytest.mark.parametrize("street", ["1 Long Road", "1 Long Road, " * 15], ids=["street", "endless"])
def test_however_long_the_names_are_it_is_two_texts_at_most(opening: str, name: str, place: str, street: str) -> None:
    spot = spot_named(place)
    assert spot is not None and spot.lat is not None
    ListedFactory(name=name, address=street, lat=spot.lat, lon=spot.lon, opening=opening)
    reply = find_haven(place, NOON)
    assert reply is not None and segments(reply.text) <= 2
    is_gsm7 = "«" not in name
    assert "999" in reply.text and (plain_letters(name) if is_gsm7 else name[:4]) in reply.text
    assert (street in reply.text) == (street == "1 Long Road" and is_gsm7)
    assert ("open day and night" in reply.text) == (opening == "24/7")


@pytest.mark.usefixtures("places")
def test_where_somebody_looked_for_one_and_which_was_named_stand_in_no_file(tmp_path: Path) -> None:
    spot = spot_named("becontree station")
    assert spot is not None and spot.lat is not None
    ListedFactory(name="Zebedee Cafe", address="40 Gale Street", lat=spot.lat, lon=spot.lon)
    phone = Phone()
    said = phone.says("haven becontree station")
    assert "Zebedee Cafe" in said and "Becontree Station" in said
    assert phone.says("haven becontree station", sid=phone.sid) == said
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("talks.sqlite*"))
    assert kept, "something is kept, to look at"
    for words in (b"Zebedee", b"Gale Street", b"Becontree", b"becontree", b"haven_"):
        assert words not in kept


@pytest.mark.parametrize("n", [12, 30, 60, 120])
def test_a_place_with_a_long_name_is_told_whole(n: int) -> None:
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
        assert segments(reply.text) <= 2 and ("P" * n if answer.any_listed else "P" * 8) in reply.text
        assert ("V 0001" in reply.text) == answer.any_listed

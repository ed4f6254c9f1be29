"""A survey answered by text, on both engines: what is stored and counted, and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from community.bot.surveying import ByText
from community.extensions import db
from community.messaging.segments import segments
from community.places.codes import display
from community.places.service import posters
from community.shared.runtime import runtime
from community.surveys import queries
from community.surveys.burst import TAPS, hour_of
from community.surveys.flags import Flag
from community.surveys.models import Response
from community.surveys.service import waves
from community.surveys.service.withdrawing import withdraw
from community.surveys.tickets import code_of, response_id
from tests.factories.places import PlaceFactory, PosterFactory
from tests.rig.client import Runner
from tests.service.bot.phone import NOON, Phone
from tests.service.surveys.world import OPENS, World, answers_of, make_world, recounted, rows, tallied, words_of


@pytest.fixture
def world(app: Flask, db_session: object) -> World:
    made = make_world()
    db.session.commit()
    return made


@pytest.fixture
def phone(world: World) -> Phone:
    return Phone()


def begin(phone: Phone, world: World) -> str:
    return phone.says(display(world.poster.code))


def only_id() -> bytes:
    (id,) = db.session.scalars(db.select(Response.id))
    return bytes(id)


def stored() -> dict[str, tuple[str, ...]]:
    return answers_of(only_id())


def agree(world: World) -> None:
    assert tallied() == recounted(world.safety, world.robbery)


def number_of(label: str, reply: str) -> str:
    """What to text for the option with this label."""
    found = re.search(rf"^(\d+) {re.escape(label)}$", reply, re.M)
    assert found, reply
    return found[1]


def test_a_code_opens_the_survey_of_its_poster_and_stores_nothing_yet(phone: Phone, world: World) -> None:
    reply = begin(phone, world)
    assert "Do you feel safe here, at Barking Station?" in reply and "1 Very safe" in reply and "999" in reply
    assert segments(reply) == 1
    assert rows()["response"] == 0


def test_a_whole_survey_is_stored_answer_by_answer(phone: Phone, world: World, runner: Runner) -> None:
    begin(phone, world)
    assert "How old" in phone.says("5")
    assert stored() == {"safe_here": ("very_unsafe",)}
    assert "safe in the borough" in phone.says("34")
    why = phone.says("no")
    help = phone.says(f"{number_of('Dark', why)}, {number_of('Run down', why)}")
    assert "What would help" in help
    assert "robbed" in phone.says("cctv and lighting")
    thanks = phone.says("4")
    assert stored() == {
        "safe_here": ("very_unsafe",),
        "age": ("25-34",),
        "safe_in_borough": ("no",),
        "why": ("dark", "run_down"),
        "help": ("cctv", "lighting"),
        "robbed": ("neither",),
    }
    snapshot = queries.snapshot(only_id())
    assert snapshot is not None
    assert (snapshot.answered_on, snapshot.daypart, snapshot.channel, snapshot.flags) == (
        NOON.date(), "12-15", "sms", 0,
    )  # fmt: skip
    assert (snapshot.poster_id, snapshot.place_id) == (world.poster.id, world.place.id)
    assert "999" in thanks and segments(thanks) <= 2
    assert phone.remembered is not None and phone.remembered.survey is None
    agree(world)
    verified = runner.json("insights", "verify")
    assert verified["agree"] is True and verified["compared"] > 0


def test_what_is_not_asked_by_text_is_left_and_not_skipped(phone: Phone, world: World) -> None:
    begin(phone, world)
    for text in ("5", "34", "2", "skip", "skip", "skip"):
        phone.says(text)
    assert stored()["why"] == stored()["help"] == stored()["robbed"] == ("_skipped",)
    assert not stored().keys() & {
        "safe_day",
        "safe_dark",
        "help_comment",
        "gender",
        "ethnicity",
        "disability",
        "connection",
    }
    agree(world)


def test_the_code_in_the_thanks_takes_the_answers_back(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("1")
    thanks = phone.says("finish")
    code = code_of(re.search(r"code ([\d ]+) at voice\.example/withdraw", thanks)[1])  # type: ignore[index]
    assert code is not None
    assert withdraw(response_id(code, runtime().settings.secret_key), today=NOON.date())
    db.session.commit()
    assert rows()["response"] == rows()["tally"] == 0


def test_neither_the_code_nor_the_place_stands_in_a_file_and_a_retry_gets_the_same_thanks(
    phone: Phone, world: World, tmp_path: Path
) -> None:
    begin(phone, world)
    phone.says("1")
    assert phone.remembered is not None and phone.remembered.survey is not None
    ticket = phone.remembered.survey["ticket"]
    under_way = _talks(tmp_path)
    thanks = phone.says("finish")
    assert phone.says("finish", sid=phone.sid) == thanks
    code = re.search(r"code ([\d ]+) at voice\.example/withdraw", thanks)[1]  # type: ignore[index]
    for kept in (under_way, _talks(tmp_path)):
        assert kept, "something is kept, to look at"
        for words in (code, code.replace(" ", ""), ticket, ticket[:40], world.place.name, world.place.slug):
            assert words.encode() not in kept


def _talks(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("talks.sqlite*"))


def test_answers_taken_back_in_the_middle_do_not_come_again(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("1")
    assert withdraw(only_id(), today=NOON.date())
    db.session.commit()
    assert phone.says("34").startswith("These answers were taken back.")
    assert rows()["response"] == 0
    assert phone.remembered is not None and phone.remembered.survey is None


def test_the_provider_sending_the_same_answer_twice_counts_it_once(phone: Phone, world: World) -> None:
    begin(phone, world)
    first = phone.says("5", sid="SM1")
    assert phone.says("5", sid="SM1") == first
    assert stored() == {"safe_here": ("very_unsafe",)}
    agree(world)


def test_the_same_state_answered_twice_is_one_response(world: World) -> None:
    step = ByText("sms").step
    state, _ = step(None, world.poster.code, NOON)
    once, again = step(state, "5", NOON), step(state, "4", NOON)
    assert once[1].text == again[1].text
    assert stored() == {"safe_here": ("fairly_unsafe",)}
    assert rows()["response"] == 1
    agree(world)


def test_back_shows_the_question_before_and_changes_its_answer(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    phone.says("34")
    assert "How old are you" in phone.says("back")
    assert "Do you feel safe here" in phone.says("back")
    assert "safe in the borough" in phone.says("1")
    assert stored()["safe_here"] == ("very_safe",)
    agree(world)


def test_back_at_the_first_question_asks_it_again(phone: Phone, world: World) -> None:
    first = begin(phone, world)
    assert phone.says("back") == first


def test_a_changed_mind_closes_the_question_it_had_opened(phone: Phone, world: World) -> None:
    begin(phone, world)
    for text in ("1", "34"):
        phone.says(text)
    assert "less safe" in phone.says("2")
    phone.says("1 2")
    assert "less safe" in phone.says("back")
    assert "safe in the borough" in phone.says("back")
    assert "What would help" in phone.says("yes")
    assert "why" not in stored()
    phone.says("cctv")
    assert stored()["why"] == ("_not_asked",)
    agree(world)


def test_a_child_under_13_leaves_nothing_and_hears_of_childline(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("4")
    reply = phone.says("im 12")
    assert "Childline" in reply and "0800 1111" in reply and "999" in reply
    assert {name: n for name, n in rows().items() if n} == {"tombstone": 1}
    assert phone.remembered is not None and phone.remembered.survey is None
    agree(world)


@pytest.mark.parametrize("before", [["1", "skip"], ["1", "25"], ["5", "25", "my ex follows me home"]])
@pytest.mark.parametrize("told", ["im 12", "im 12 actually sorry", "im 11 and my dad hits me"])
def test_a_child_under_13_who_says_so_at_any_question_leaves_nothing(
    phone: Phone, world: World, before: list[str], told: str
) -> None:
    begin(phone, world)
    for text in before:
        phone.says(text)
    assert rows()["response"] == 1
    reply = phone.says(told)
    assert "0800 1111" in reply and "999" in reply
    assert {name: n for name, n in rows().items() if n} == {"tombstone": 1}
    assert phone.remembered is not None and phone.remembered.survey is None
    agree(world)


def test_a_bare_number_at_another_question_deletes_nothing(phone: Phone, world: World) -> None:
    begin(phone, world)
    for text in ("1", "25", "7", "12"):
        phone.says(text)
    assert stored() == {"safe_here": ("very_safe",), "age": ("25-34",)}


@pytest.mark.parametrize(
    ("words", "key"),
    [("not very safe", "fairly_unsafe"), ("not really safe", "fairly_unsafe"), ("not at all", "very_unsafe"),
     ("I dont feel safe at all", "very_unsafe"), ("quite safe", "fairly_safe"), ("very safe", "very_safe")],
)  # fmt: skip
def test_the_first_question_is_answered_in_words(phone: Phone, world: World, words: str, key: str) -> None:
    begin(phone, world)
    reply = phone.says(words)
    assert "How old" in reply and "999" in reply and segments(reply) <= 2
    assert stored() == {"safe_here": (key,)}
    assert "borough" in phone.says("22")
    agree(world)


@pytest.mark.parametrize("words", ["unsafe", "i feel unsafe here", "I dont feel safe here", "no not safe", "no"])
def test_unsafe_in_words_is_asked_how_much_and_never_lost(phone: Phone, world: World, words: str) -> None:
    begin(phone, world)
    reply = phone.says(words)
    assert "4 Fairly unsafe\n5 Very unsafe" in reply and "Very safe" not in reply and "999" in reply
    assert segments(reply) <= 2 and rows()["response"] == 0
    assert ("116 123" in reply) == (words != "no")
    assert "How old" in phone.says("very")
    assert stored() == {"safe_here": ("very_unsafe",)}


@pytest.mark.parametrize("words", ["yes", "ok", "safe"])
def test_safe_in_words_is_asked_how_much(phone: Phone, world: World, words: str) -> None:
    begin(phone, world)
    assert "1 Very safe\n2 Fairly safe" in phone.says(words)
    phone.says("2")
    assert stored() == {"safe_here": ("fairly_safe",)}


def test_unsafe_in_words_brings_who_listens_beside_the_next_question(phone: Phone, world: World) -> None:
    begin(phone, world)
    reply = phone.says("not very safe")
    assert "116 123" in reply and "0800 1111 if under 19" in reply and "How old" in reply
    assert "less safe" in [phone.says("30"), phone.says("not safe")][1], "and is a no to the borough"
    assert stored()["safe_in_borough"] == ("no",)


def test_what_is_no_answer_after_how_much_brings_the_whole_question_again(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("unsafe")
    assert "1 Very safe" in phone.says("22")
    assert "1 Very safe" in phone.says("very"), "it is no longer known of what"


@pytest.mark.parametrize("danger", ["he is hitting me", "im not safe he is here", "im not safe", "he has a knife"])
def test_danger_at_the_first_question_still_goes_first(phone: Phone, world: World, danger: str) -> None:
    begin(phone, world)
    assert phone.says(danger).startswith("Call 999")
    begin(phone, world)
    phone.says("unsafe")
    assert phone.says(danger).startswith("Call 999")


def test_the_number_of_an_answer_sent_twice_is_not_taken_for_a_childs_age(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    assert "How old are you" in phone.says("5")
    assert stored() == {"safe_here": ("very_unsafe",)}


@pytest.mark.parametrize("age", ["14", "skip", "0"])
def test_who_is_under_16_or_of_unknown_age_gets_no_free_text_and_no_gated_option(
    phone: Phone, world: World, age: str
) -> None:
    begin(phone, world)
    said = [phone.says(text) for text in ("5", age, "2", "skip", "skip", "4")]
    assert not any("like to add" in reply for reply in said)
    assert words_of(only_id()) == []
    agree(world)


def test_an_option_about_harm_brings_help_before_the_next_question(phone: Phone, world: World) -> None:
    begin(phone, world)
    for text in ("5", "34"):
        phone.says(text)
    why = phone.says("2")
    reply = phone.says(number_of("Bothered or followed", why))
    assert "0808 168 9111" in reply and segments(reply) <= 2
    assert "What would help you feel safer?" in phone.says("next")
    assert stored()["why"] == ("harassment",)
    assert "robbed" in phone.says("cctv")


def test_robbed_at_the_end_brings_help_beside_the_thanks(phone: Phone, world: World) -> None:
    begin(phone, world)
    for text in ("1", "34", "1", "cctv"):
        phone.says(text)
    thanks = phone.says("yes, me")
    assert "0808 168 9111" in thanks and "code" in thanks and segments(thanks) <= 2


def test_a_disclosure_gets_help_and_the_survey_waits_until_it_is_asked_for(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    help = phone.says("my husband hits me and screams at me")
    assert "0808 2000 247" in help
    assert "How old" not in phone.says("1")
    assert stored() == {"safe_here": ("very_unsafe",)}
    assert "How old are you" in phone.says("survey")
    assert "safe in the borough" in phone.says("34")


@pytest.mark.parametrize("text", ["blah blah", "purple", "\N{THINKING FACE}", "7", "99"])
def test_what_is_no_answer_brings_the_question_again_kindly(phone: Phone, world: World, text: str) -> None:
    begin(phone, world)
    reply = phone.says(text)
    assert "Do you feel safe here" in reply and "999" in reply and "invalid" not in reply.lower()
    assert rows()["response"] == 0
    assert "How old" in phone.says("1"), "the survey went on waiting"


def test_stop_in_the_middle_is_silent_and_keeps_what_was_answered(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    assert phone.says("STOP") == ""
    assert stored() == {"safe_here": ("very_unsafe",)}
    assert phone.remembered is None
    assert "How old" not in phone.says("34")
    agree(world)


@pytest.mark.parametrize(
    "text", ["hes outside with a knife", "hes going to kill me", "im being attacked at barking station"]
)
def test_danger_comes_before_the_survey_at_any_question(phone: Phone, world: World, text: str) -> None:
    for before in ([], ["5"], ["5", "34"], ["5", "34", "2"]):
        other = Phone()
        begin(other, world)
        for answer in before:
            other.says(answer)
        assert other.says(text).startswith("Call 999 now")
    where = Phone()
    where.says("survey")
    assert where.says(text).startswith("Call 999 now")


@pytest.mark.parametrize("label", ["Yes, someone I know", "yes, me", "no"])
def test_a_whole_label_is_an_answer_whatever_a_model_makes_of_it(phone: Phone, world: World, label: str) -> None:
    begin(phone, world)
    for text in ("1", "55", "1", "cctv"):
        phone.says(text)
    assert "withdraw" in phone.says(label)
    assert stored()["age"] == ("55-64",) and stored()["robbed"] != ("_skipped",)


def test_more_stop_and_search_is_an_answer_and_no_stop(phone: Phone, world: World) -> None:
    begin(phone, world)
    for text in ("1", "34", "1"):
        phone.says(text)
    assert "robbed" in phone.says("more stop and search")
    assert stored()["help"] == ("stop_and_search",)


def test_a_survey_is_forgotten_after_thirty_minutes(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    phone.passes(minutes=31)
    assert "safe in the borough" not in phone.says("34")
    assert stored() == {"safe_here": ("very_unsafe",)}


def test_a_survey_goes_on_over_midnight_with_the_day_it_began(phone: Phone, world: World) -> None:
    phone.now = NOON.replace(hour=23, minute=58)
    begin(phone, world)
    phone.says("5")
    phone.says("34")
    assert stored()["age"] == ("25-34",)
    snapshot = queries.snapshot(only_id())
    assert snapshot is not None and (snapshot.answered_on, snapshot.daypart) == (NOON.date(), "21-24")
    agree(world)


def test_a_ticket_whose_key_is_gone_is_a_kind_start_again(world: World) -> None:
    state, _ = ByText("sms").step(None, world.poster.code, NOON)
    later, reply = ByText("sms").step(state, "5", NOON + timedelta(days=3))
    assert later is None and reply.id == "survey_restart"
    assert rows()["response"] == 0


def test_another_language_is_a_word_away(phone: Phone, world: World) -> None:
    begin(phone, world)
    romanian = phone.says("română")
    assert "Va simtiti in siguranta aici, la Barking Station?" in romanian and segments(romanian) <= 2
    assert "Ce varsta aveti?" in phone.says("foarte nesigur")
    urdu = phone.says("اردو")
    assert "آپ کی عمر کتنی ہے؟" in urdu and "999" in urdu
    assert "How old are you" in phone.says("english")
    assert db.session.scalar(db.select(Response.language)) == "ro"


def test_who_sees_this_is_answered_and_the_survey_waits(phone: Phone, world: World) -> None:
    begin(phone, world)
    reply = phone.says("who sees this?")
    assert "council" in reply and "your phone" in reply and segments(reply) <= 2
    assert "How old" in phone.says("5")


def test_whatsapp_and_chat_are_their_own_channels_and_the_command_line_is_a_demo(world: World) -> None:
    for number, channel in enumerate(("whatsapp", "web", "trying")):
        state, _ = ByText(channel).step(None, world.poster.code, NOON)
        ByText(channel).step(state, "5", NOON + timedelta(seconds=number + 5))
    assert sorted(db.session.scalars(db.select(Response.channel))) == ["demo", "web", "whatsapp"]


def test_texts_are_never_too_fast_but_the_chat_may_be(world: World) -> None:
    for channel, flags in (("sms", 0), ("web", Flag.TOO_FAST)):
        state, _ = ByText(channel).step(None, world.poster.code, NOON)
        ByText(channel).step(state, "5", NOON)
        assert db.session.scalar(db.select(Response.flags).where(Response.channel == channel)) == flags


def test_a_rush_of_texts_at_one_poster_is_flagged_beyond_its_limit(world: World) -> None:
    runtime().counters.note(f"{TAPS} safety", world.poster.id, hour_of(NOON), 30)
    state, _ = ByText("sms").step(None, world.poster.code, NOON)
    ByText("sms").step(state, "5", NOON)
    assert db.session.scalar(db.select(Response.flags)) == Flag.BURST


def test_a_child_and_a_change_of_mind_use_up_nothing_of_the_hour(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    phone.says("back")
    phone.says("4")
    assert runtime().counters.note(f"{TAPS} safety", world.poster.id, hour_of(NOON), 0) == 1
    phone.says("12")
    assert runtime().counters.note(f"{TAPS} safety", world.poster.id, hour_of(NOON), 0) == 0


def test_a_code_that_is_not_ours_or_retired_gets_a_kind_answer(phone: Phone, world: World) -> None:
    assert phone.says("7K3M-94Q9").startswith("Sorry, no poster of ours has that code.")
    posters.take_down(world.poster, NOON.date())
    db.session.commit()
    assert phone.says(world.poster.code).startswith("Thanks. That poster has come down.")


def test_a_survey_is_found_by_place_and_without_one(phone: Phone, world: World) -> None:
    PlaceFactory(slug="upney-station", name="Upney Station", aliases=["Upney tube"], kind="station")
    db.session.commit()
    assert "at Upney Station?" in phone.says("survey upney tube")
    phone.says("1")
    assert "the code on our poster" in Phone().says("SURVEY")
    other = Phone()
    other.says("survey")
    assert "at Barking Station?" in other.says("barking station")
    nowhere = Phone()
    nowhere.says("survey")
    assert "where you are now?" in nowhere.says("skip")
    nowhere.says("2")
    where = {(r.poster_id, r.place_id is None) for r in db.session.scalars(db.select(Response))}
    assert where == {(None, False), (None, True)}
    agree(world)


def test_several_places_are_offered_to_choose_from(phone: Phone, world: World) -> None:
    PlaceFactory(slug="barking-park", name="Barking Park")
    db.session.commit()
    offered = phone.says("survey barking")
    assert "Barking Park" in offered and "Barking Station" in offered
    assert "at Barking Park?" in phone.says(number_of("Barking Park", offered))


def test_a_place_that_we_do_not_know_is_asked_for_again(phone: Phone, world: World) -> None:
    assert phone.says("survey timbuktu").startswith("Sorry, that place is not on our list.")
    assert "at Barking Station?" in phone.says("barkin station")


def test_the_robbery_survey_is_asked_at_its_posters(phone: Phone, world: World, runner: Runner) -> None:
    poster = PosterFactory(place=world.place, status="up", up_on=OPENS)
    posters.assign(poster, world.robbery.wave_id, OPENS)
    db.session.commit()
    assert "anyone who was robbed" in phone.says(poster.code)
    phone.says("1")
    phone.says("15")
    helped = phone.says("me")
    assert "0808 168 9111" in helped and "last 12 months" in helped
    for text in ("1", "2", "phone", "3", "12"):
        phone.says(text)
    assert stored()["who"] == ("me",) and stored()["taken"] == ("phone",) and stored()["reported"] == ("no",)
    assert not stored().keys() & {"weapon", "alone", "how_many", "daytime", "why_not"}
    agree(world)
    verified = runner.json("insights", "verify")
    assert verified["agree"] is True and verified["compared"] > 0


def test_a_wave_that_has_closed_asks_nothing(world: World) -> None:
    state, _ = ByText("sms").step(None, world.poster.code, NOON)
    waves.close_wave("safety", 1, on=NOON.date() - timedelta(days=1))
    db.session.commit()
    after, reply = ByText("sms").step(state, "5", NOON)
    assert after is None and reply.id == "survey_quiet"
    assert ByText("sms").step(None, world.poster.code, NOON)[1].id == "survey_quiet"
    assert rows()["response"] == 0


def test_nothing_that_was_answered_stands_in_the_talk(phone: Phone, world: World) -> None:
    begin(phone, world)
    phone.says("5")
    talk = phone.remembered
    assert talk is not None and talk.survey is not None
    assert "very_unsafe" not in str(talk.to_json()) and phone.number[1:] not in str(talk.to_json())


def test_a_code_texted_while_the_database_is_gone_is_answered_kindly(broken: Phone) -> None:
    db.session.execute(db.text("alter table poster rename to was_poster"))
    db.session.commit()
    reply = Phone().says("W8Q6-28ZV")
    assert reply.startswith("Sorry, that was not saved.") and "999" in reply


@pytest.fixture
def broken(fresh_app: Flask) -> Iterator[Phone]:
    """A survey under way in a database that has lost its answers' table."""
    with fresh_app.app_context():
        world = make_world()
        db.session.commit()
        phone = Phone()
        phone.says(world.poster.code)
        db.session.execute(db.text("alter table response rename to was_response"))
        db.session.commit()
        yield phone


def test_an_answer_that_cannot_be_saved_is_asked_for_again(broken: Phone) -> None:
    reply = broken.says("5")
    assert reply.startswith("Sorry, that was not saved.") and "999" in reply
    db.session.execute(db.text("alter table was_response rename to response"))
    db.session.commit()
    assert "How old" in broken.says("5")
    assert stored() == {"safe_here": ("very_unsafe",)}

"""Every sentence the bot can say: safe, short, plain, and none that it must never say (trust B1, B2, B9, F3)."""

from __future__ import annotations

import re

import pytest

from community.bot.wording import (
    STANDING,
    Reply,
    Sentence,
    WordingError,
    gives_away,
    labels,
    parse,
    say,
    say_again,
    sentences,
)
from community.messaging.segments import length, outside_gsm7
from community.support.catalogue import load
from tests.house.test_plain_words import HARDEST_IN_DANGER, grade, words
from tests.house.test_plain_words import sentences as split

ALL = list(sentences().values())
WHOLE = [sentence for sentence in ALL if sentence.kind != "part"]
SAID = [
    *((sentence.id, sentence.text) for sentence in ALL),
    *((f"label {id}", label) for id, label in labels().items()),
]

NEVER = {
    "imply that anyone watches": r"\b(watch(ing|ed)|monitor|listening in)\b|we can see|keep an eye|track",
    "promise confidentiality": r"confiden|in secret|anonym|\bnobody (will|can) (ever )?(know|see|find)|100%|guarantee",
    "diagnose or score": r"sounds like|seems (like|that) you|symptom|diagnos|\bscore|risk level|"
    r"you (are|have been|may be) (being )?(abused|depressed|a victim|at risk|in a)",
    "advise leaving, confronting or recording": r"\bleave (him|her|them|home|the|your)|\bleav(e|ing) now|move out|"
    r"run away|get out of|walk away|break up|confront|stand up to|talk to (him|her|them)|record (him|her|it|them)|"
    r"evidence|diary",
    "ask for names, addresses or detail": r"your (full )?name|what is your|your address|postcode|where (are|do) you|"
    r"what happened|tell us (more|about|what)|describe|who (is|did|are)\b|how old|how long",
    "doubt or blame": r"are you sure|why (did|do|are|were)|really\?|your fault|you should|should have|if this is true|"
    r"calm down",
    "say how they feel": r"i understand|we understand|how you feel\b|i know how|so sorry to hear|must be (hard|awful)",
    "contact anyone": r"we will (call|contact|tell|text|send|pass|get)|we'll|someone will (call|contact)|"
    r"on (their|its) way",
    "speak of invalid options": r"invalid|not recogni[sz]ed|wrong (option|answer)|\berror",
    "offer a Safe Haven as a refuge": r"haven[^.]*\b(stay|sleep|hide|refuge|shelter|live|overnight)",
    "use a word that networks answer themselves": r"\b(text|reply|send) (STOP|END|QUIT|CANCEL|UNSUBSCRIBE|REVOKE|"
    r"OPTOUT|HELP|INFO|START|YES|UNSTOP)\b",
    "stand between a person and help": r"opening hours only|try again later|no one is available",
}
ASKED_OF_EVERYBODY = "how safe you feel"
"""The survey's own subject: not a guess at how somebody feels."""


@pytest.mark.parametrize("rule", NEVER)
def test_no_sentence_says_what_must_never_be_said(rule: str) -> None:
    pattern = re.compile(NEVER[rule], re.I)
    may = {"stop_how"} if rule == "use a word that networks answer themselves" else set()  # it tells what STOP does
    assert [
        (id, text) for id, text in SAID if id not in may and pattern.search(text.replace(ASKED_OF_EVERYBODY, ""))
    ] == []


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        ("imply that anyone watches", "We are watching this chat."),
        ("promise confidentiality", "This is confidential."),
        ("diagnose or score", "It sounds like abuse."),
        ("advise leaving, confronting or recording", "You could leave him."),
        ("ask for names, addresses or detail", "Where do you live?"),
        ("doubt or blame", "Are you sure?"),
        ("say how they feel", "I understand how you feel."),
        ("contact anyone", "We will call the police."),
        ("speak of invalid options", "Invalid option."),
        ("offer a Safe Haven as a refuge", "A Safe Haven is where you can stay."),
        ("use a word that networks answer themselves", "Reply HELP for more."),
        ("stand between a person and help", "Try again later."),
    ],
)
def test_the_never_list_would_notice(rule: str, bad: str) -> None:
    assert re.search(NEVER[rule], bad, re.I)


def test_the_only_question_is_whether_it_is_safe_to_text() -> None:
    asked = {part.rpartition("\n")[2] for _, text in SAID for part in split(text) if part.endswith("?")}
    assert asked == {"In danger?", "Safe to text?"}


@pytest.mark.parametrize("sentence", WHOLE, ids=lambda sentence: sentence.id)
def test_each_reply_names_999_as_the_standing_line_or_as_a_call_to_act_now(sentence: Sentence) -> None:
    if sentence.id.startswith("emergency"):
        assert sentence.text.startswith(("Call 999 now", "Call 999 if in danger now."))
        assert "press 55" in sentence.text
        assert "does not reach the police" in sentence.text or "Police do not see this" in sentence.text
        assert STANDING not in sentence.text and ("?" not in sentence.text or sentence.id == "emergency_or_safe")
    else:
        assert sentence.text.count(STANDING) == 1
        assert "999" not in sentence.text.replace(STANDING, "") and "55" not in sentence.text


@pytest.mark.parametrize("sentence", WHOLE, ids=lambda sentence: sentence.id)
def test_each_reply_leads_to_a_person(sentence: Sentence) -> None:
    person = {"number", "child", "lines", "police"} & sentence.gaps or re.search(r"\bTALK\b|Call 999", sentence.text)
    assert person


@pytest.mark.parametrize("sentence", [one for one in WHOLE if one.kind == "first"], ids=lambda sentence: sentence.id)
def test_what_may_be_the_first_text_back_tells_nothing_on_a_locked_screen(sentence: Sentence) -> None:
    assert not gives_away(sentence.text)
    assert length(sentence.text.format(**dict.fromkeys(sentence.gaps, ""))) <= 150


@pytest.mark.parametrize(
    "telling", ["domestic abuse line", "RAPE crisis", "a refuge", "Hate crime", "suicidal", "stalker"]
)
def test_telling_words_are_known(telling: str) -> None:
    assert gives_away(telling)


@pytest.mark.parametrize(("id", "text"), SAID, ids=[id for id, _ in SAID])
def test_every_string_can_be_sent_in_plain_letters(id: str, text: str) -> None:
    assert outside_gsm7(text) == ()


def test_drafts_of_other_languages_can_be_sent_in_plain_letters_and_keep_the_numbers() -> None:
    for sentence in ALL:
        for text in {**sentence.translations, **sentence.drafts}.values():
            assert outside_gsm7(text) == ()
            assert set(re.findall(r"\d+", text)) == set(re.findall(r"\d+", sentence.text))


def _told(sentence: Sentence) -> list[str]:
    return [part for part in split(re.sub(r"\{\w+\}", "9", sentence.text)) if part[-1] in ".?!"]


@pytest.mark.parametrize("sentence", WHOLE, ids=lambda sentence: sentence.id)
def test_every_reply_is_easy_to_read_in_danger(sentence: Sentence) -> None:
    assert grade(_told(sentence)) <= HARDEST_IN_DANGER, sentence.text
    assert [part for part in _told(sentence) if len(words(part)) > 25] == []


def test_every_service_has_a_label_and_every_label_a_service() -> None:
    silent = {"police_999", "police_999_55", "emergency_sms"}
    assert set(labels()) == {service.id for service in load()} - silent


def test_labels_are_a_word_or_three() -> None:
    assert [label for label in labels().values() if len(label) > 24 or len(label.split()) > 4] == []


def test_a_translation_is_not_sent_before_two_people_have_read_it() -> None:
    assert sentences()["emergency"].drafts, "there is a draft to try this on"
    assert say("emergency", "pl").text == say("emergency").text
    assert "lang" not in say("emergency", "pl").facts


def _file(entry: str) -> str:
    return f"sentences: [{entry}]\ntelling: [abus]\nlabels: {{}}\n"


def _with(translation: str) -> str:
    entry = '{id: opening, version: 3, kind: first, text: "In danger? Call {number}.", translations: {ro: %s}}'
    return _file(entry % translation)


def test_a_reviewed_translation_is_sent() -> None:
    text = _with('{text: "In pericol? Suna {number}.", reviewed: true, reviewed_by: [A. Officer, B. Lead]}')
    sentence = parse(text)[0]["opening"]
    assert sentence.in_language("ro-RO") == "In pericol? Suna {number}."
    assert sentence.in_language("fr") == sentence.text


def test_one_reader_is_not_enough_to_send_a_translation() -> None:
    with pytest.raises(WordingError, match="opening: two people must have read 'ro'"):
        parse(_with('{text: "In pericol? Suna {number}.", reviewed: true, reviewed_by: [A. Officer, A. Officer]}'))


def test_a_translation_with_other_gaps_is_refused() -> None:
    with pytest.raises(WordingError, match="opening: the gaps in 'ro'"):
        parse(_with("{text: Suna., reviewed: false}"))


@pytest.mark.parametrize(
    "entry",
    [
        "{id: x, version: 1, kind: first}",
        "{id: x, version: 1, kind: loud, text: hi}",
        "{id: x, kind: first, text: hi}",
        "{id: x, version: 1, kind: part, text: a, say: b}",
    ],
)
def test_a_sentence_that_lacks_something_is_refused(entry: str) -> None:
    with pytest.raises(WordingError, match="x: give id"):
        parse(_file(entry))


def test_a_reply_is_said_again_from_id_version_and_facts_alone() -> None:
    reply = say("closing", number="116 123")
    assert say_again("closing", reply.version, {"number": "116 123"}) == reply
    assert say_again("closing", reply.version + 1, {"number": "116 123"}) is None
    assert say_again("gone", 1, {}) is None


def test_a_gap_cannot_be_left_open_or_filled_with_something_else() -> None:
    with pytest.raises(WordingError):
        say("closing")
    with pytest.raises(WordingError):
        say("opening", number="116 123")


def test_facts_are_put_in_as_they_are() -> None:
    assert say("closing", number="{lines}") == Reply(
        "closing",
        1,
        {"number": "{lines}"},
        "Thanks. If you want to talk: {lines}, free, 24 hours. In danger? Call 999.",
    )

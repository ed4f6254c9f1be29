"""Whatever is sent, in whatever order: a way to a person, or the silence that was asked for; never too long."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from community.bot.asides import Aside, aside_in
from community.bot.asked_of_us import asks_to_stop
from community.bot.conversation import step
from community.bot.meaning import FACETS, NEEDS, TOPICS, Meaning, Urgency
from community.bot.replies import MOST_LATER
from community.bot.talk import LIFE, Heard, Talk
from community.bot.too_young import is_only_an_age
from community.bot.understanding import understand
from community.bot.wording import gives_away
from community.messaging.segments import is_gsm7, length
from tests.unit.bot.desk import BOXING_DAY_3AM, TwoQuestions, desk

SHORT = ["1", "2", "yes", "no", "more", "other", "haven", "menu", "stop", "START", "ABCD", "survey", "talk", "who",
         "im 15", "im a man", "what about women", "", " ", "??", "ok", "thanks", "\U0001f600", "back"]  # fmt: skip
LONGER = ["he hits me", "my ex follows me home", "i want to die", "he has a knife at my throat", "who won the match",
          "can't talk, he's here", "is there a safe haven near barking station", "who can see this", "x" * 1_600,
          "stop him hes hitting her", "my friends boyfriend checks her phone", "broken street light"]  # fmt: skip
words = st.one_of(st.sampled_from(SHORT), st.sampled_from(LONGER), st.text(max_size=200))
meanings = st.builds(
    Meaning,
    topics=st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True).map(tuple),
    urgency=st.sampled_from(list(Urgency)),
    facets=st.frozensets(st.sampled_from(FACETS), max_size=4),
    age=st.none() | st.integers(min_value=0, max_value=120),
    language=st.sampled_from(["en", "pl", "ro", "bn"]),
    sure=st.booleans(),
    maybe=st.lists(st.sampled_from(NEEDS), max_size=3, unique=True).map(tuple),
)
heards = st.builds(Heard, text=words, meaning=meanings, media=st.integers(min_value=0, max_value=3))
gaps = st.sampled_from([0, 5, 29 * 60, 31 * 60])
channels = st.sampled_from(["sms", "whatsapp", "web"])
SURVEY = ("survey_question", "survey_thanks")
PERSON = re.compile(r"\b999\b|\d[\d ]{5,}\d|TALK")


def _play(talk: list[tuple[Heard, int]], channel: str) -> None:
    now, state, at = BOXING_DAY_3AM, None, desk(channel, TwoQuestions())
    for heard, gap in talk:
        now += timedelta(seconds=gap)
        before = None if state is None or state.is_over(now) else state
        turn = step(state, heard, now, at)
        if turn.reply is None:
            stop = asks_to_stop(heard.text)
            assert channel != "web", "on a page silence protects nobody"
            not_safe = before is not None and before.asked and aside_in(heard.text) is Aside.not_safe
            assert stop or not_safe, heard
            assert heard.meaning.urgency is not Urgency.emergency or aside_in(heard.text)
            assert turn.talk is None
        else:
            text = turn.reply.text
            assert PERSON.search(text) and "999" in text
            assert length(text) <= MOST_LATER and is_gsm7(text)
            assert "invalid" not in text.lower()
            if before is None and channel != "web":
                assert length(text) <= 160 and not gives_away(text)
            goes_on = turn.reply.id in SURVEY or (turn.reply.id == "survey_under_13" and is_only_an_age(heard.text))
            if heard.meaning.urgency is Urgency.emergency and not (aside_in(heard.text) or goes_on):
                assert text.startswith(("Call 999 now", "Call 999 if in danger now."))
                assert "?" not in text or turn.reply.id == "emergency_or_safe"
            if before is not None and before.helped:
                assert "Safe to text?" not in text, "nobody is asked twice"
        if turn.talk is not None:
            assert Talk.from_json(turn.talk.to_json()) == turn.talk
            assert not turn.talk.is_over(now) and turn.talk.is_over(now + LIFE + timedelta(seconds=1))
        state = turn.talk


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(heards, gaps), max_size=8), channels)
def test_whatever_messages_mean_a_talk_never_goes_wrong(talk: list[tuple[Heard, int]], channel: str) -> None:
    _play(talk, channel)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(words, gaps), max_size=6), channels)
def test_whatever_is_written_a_talk_never_goes_wrong(talk: list[tuple[str, int]], channel: str) -> None:
    _play([(Heard(text, understand(text)), gap) for text, gap in talk], channel)


@given(st.text(max_size=3_000))
def test_asides_are_whole_short_messages(text: str) -> None:
    assert aside_in(text) is None or len(text) <= 60

"""A desk for conversations without an application: the shipped catalogue, a small survey of ours, no Safe Havens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from community.bot.meaning import Meaning, Urgency
from community.bot.not_yet import NO_SURVEY, no_haven
from community.bot.replies import Desk
from community.bot.talk import Heard, SurveyStep
from community.bot.wording import Reply, say
from community.shared.clock import LONDON
from community.support.catalogue import load
from community.support.matching import Match, Person, match

TUESDAY_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)
BOXING_DAY_3AM = datetime(2026, 12, 26, 3, 0, tzinfo=LONDON)


def matching(needs: Sequence[str], person: Person, now: datetime) -> tuple[Match, ...]:
    return match(needs, person, now, load())


class TwoQuestions:
    """A survey opened by the code ABCD: a question answered by 1 or 2, and another."""

    def opens(self, text: str, now: datetime) -> bool:
        return text.strip().upper() == "ABCD"

    def takes(self, state: Mapping[str, Any], text: str, *, waiting: bool) -> bool:
        return text.strip().lower() in (("survey",) if waiting else ("1", "2", "skip", "back", "survey"))

    def step(self, state: Mapping[str, Any] | None, text: str, now: datetime) -> tuple[Mapping[str, Any] | None, Reply]:
        asked = 0 if state is None else state["asked"] + (text.strip() in "12")
        if asked == 2:
            return None, Reply("survey_thanks", 1, {}, "Thank you. In danger? Call 999.")
        return {"asked": asked}, Reply("survey_question", 1, {}, f"Question {asked + 1}: 1 or 2. In danger? Call 999.")

    def too_young(self, state: Mapping[str, Any], now: datetime) -> tuple[Mapping[str, Any] | None, Reply]:
        return None, say("survey_under_13", child="0800 1111")


def desk(channel: str = "sms", survey: SurveyStep = NO_SURVEY) -> Desk:
    return Desk(matching, survey, no_haven, "voice.example/s/safety", channel)


def urgent(*topics: str, text: str = "some words", **more: Any) -> Heard:
    return Heard(text, Meaning(topics, Urgency.urgent, **more))


def emergency(*topics: str, text: str = "some words", **more: Any) -> Heard:
    return Heard(text, Meaning(topics, Urgency.emergency, **more))


def harmless(text: str = "some words", topic: str = "out_of_scope", **more: Any) -> Heard:
    return Heard(text, Meaning((topic,), **more))

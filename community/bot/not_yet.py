"""Stand-ins for what other rooms do not offer yet, or cannot while they are down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from community.bot.talk import SurveyStep
from community.bot.wording import Reply, say


class NoSurvey:
    """No survey by text: no code opens one, no message answers one."""

    def opens(self, text: str, now: datetime) -> bool:  # noqa: ARG002
        return False

    def takes(self, state: Mapping[str, Any], text: str, *, waiting: bool) -> bool:  # noqa: ARG002
        return False

    def step(
        self,
        state: Mapping[str, Any] | None,
        text: str,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> tuple[Mapping[str, Any] | None, Reply]:
        return state, say("opening")

    def too_young(self, state: Mapping[str, Any], now: datetime) -> tuple[Mapping[str, Any] | None, Reply]:  # noqa: ARG002
        return state, say("survey_trouble")  # what was answered can only be deleted by the survey itself


NO_SURVEY: Final[SurveyStep] = NoSurvey()


def no_haven(text: str, now: datetime, *, bare: bool = False) -> Reply | None:  # noqa: ARG001
    """No Safe Haven can be told."""
    return None

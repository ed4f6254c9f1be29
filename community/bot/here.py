"""What the bot has in each process: its store and turns in RUNTIME_DIR, and what it asks of other rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from community.bot.finding import find_haven
from community.bot.store import Store
from community.bot.surveying import ByText
from community.bot.talk import HavenFinder, SurveyStep
from community.bot.turns import Turns
from community.shared.counters import Counters
from community.shared.daily_keys import DailyKeys
from community.shared.runtime import Runtime, runtime


@dataclass(frozen=True)
class Here:
    """survey: the survey step of a channel. address: where the survey is without a poster, as people type it."""

    keys: DailyKeys
    counters: Counters
    store: Store
    turns: Turns
    survey: Callable[[str], SurveyStep]
    find_haven: HavenFinder
    address: str


def here() -> Here:
    """What belongs to the application at hand."""
    return _of(runtime())


@cache
def _of(at: Runtime) -> Here:
    return Here(
        keys=at.keys,
        counters=at.counters,
        store=Store(at.settings.runtime_dir / "talks.sqlite"),
        turns=Turns(at.settings.runtime_dir / "turns"),
        survey=ByText,
        find_haven=find_haven,
        address=at.settings.public_base_url.partition("://")[2] + "/s/safety",
    )

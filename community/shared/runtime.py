"""What lives beside the database in each worker: settings, daily keys, counters and things looked up moments ago."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, has_request_context

from community.config import Settings
from community.shared.counters import Counters
from community.shared.daily_keys import DailyKeys
from community.shared.recent import Recent


@dataclass(frozen=True)
class Runtime:
    """One per application object. recent: rows as they were moments ago; pages: rendered pages that hold no answer;
    limits: what is worked out once for an hour."""

    settings: Settings
    keys: DailyKeys
    counters: Counters
    recent: Recent
    pages: Recent
    limits: Recent

    @classmethod
    def of(cls, settings: Settings) -> Runtime:
        return cls(
            settings,
            DailyKeys(settings.runtime_dir / "keys"),
            Counters(settings.runtime_dir / "counters.sqlite"),
            Recent(settings.cache_seconds),
            Recent(3600 if settings.cache_seconds else 0, most=512),
            Recent(3600 if settings.cache_seconds else 0, most=4096),
        )


def runtime() -> Runtime:
    """The runtime of the application at hand."""
    found: Runtime = current_app.extensions["community"]
    return found


def is_asked() -> bool:
    """Whether somebody on the web is being answered; otherwise it is a command, or a job."""
    return has_request_context()

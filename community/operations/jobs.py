"""What happens by itself: scans and needs added up, talks forgotten and letters sent each minute, old keys destroyed
each hour, the tables rewritten each night, messages taken from the provider's records as they are done with.

One huey consumer beside the web workers. Its own file is SQLite in RUNTIME_DIR also when the database is PostgreSQL:
the queue belongs to one host, as its daily keys and counters do (docs/decisions/0004).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from flask import Flask
from huey import SqliteHuey, crontab

from community.bot import counting
from community.bot.here import here
from community.extensions import db, reading
from community.insights.service.rollup import roll_up
from community.messaging import delivery
from community.messaging.gateway import Gateway
from community.operations.health import HEARTBEAT_SECONDS, beat, rest
from community.places.service import reports
from community.places.service.scans import add_scans
from community.safe_havens.service import forgetting as havens_forgetting
from community.safe_havens.service import lapsing as havens_lapsing
from community.shared.clock import days_before, london_now, london_today
from community.shared.runtime import Runtime
from community.staff import audit
from community.staff import here as staff_here
from community.support import alerts as support_alerts
from community.surveys.service import retention

log = logging.getLogger(__name__)


def flush_scans(app: Flask) -> int:
    """Carry the scans counted in RUNTIME_DIR into the database; how many rows. A crash between the two loses a
    minute of them and never counts one twice."""
    with app.app_context():
        taken = _runtime(app).counters.take("scans")
        if taken:
            add_scans({(poster, date.fromisoformat(day)): n for (poster, day), n in taken.items()})
            db.session.commit()
        return len(taken)


def flush_needs(app: Flask) -> int:
    """Carry the needs counted in RUNTIME_DIR into the database; how many rows. While it cannot be used they wait."""
    with app.app_context():
        counters = _runtime(app).counters
        taken = counting.take_counts(counters)
        if taken:
            try:
                counting.add_counts(taken)
                db.session.commit()
            except Exception:
                counting.put_back(counters, taken)
                raise
        return len(taken)


def forget_talks(app: Flask) -> int:
    """Forget talks that are over and replies that cannot be said again; how many talks."""
    with app.app_context():
        return here().store.purge(london_now())


def empty_log(app: Flask) -> None:
    """What was taken back leaves the database's log within a minute or two, not only at night."""
    with app.app_context():
        retention.empty_log()


def forget_keys(app: Flask) -> None:
    """Destroy the keys and counts whose time is over."""
    kept, today = _runtime(app), london_today()
    kept.keys.destroy_old(today)
    kept.counters.forget_before("taps", (london_now() - timedelta(hours=2)).strftime("%Y-%m-%dT%H"))
    kept.counters.forget_before("scans", days_before(today, 7).isoformat())
    with app.app_context():
        staff_here.here().purge(london_now())


AUDIT_KEPT = timedelta(days=730)
"""24 months."""


def nightly(app: Flask) -> dict[str, int]:
    """Forget what is past its time, roll closed months up, rewrite respondents' tables in the order of their ids."""
    with app.app_context():
        today = london_today()
        gone = retention.forget(today) | {
            "need_count": counting.forget_counts(today),
            "poster_report": reports.forget(today),
            "audit_entry": audit.forget_before(london_now() - AUDIT_KEPT),
        }
        gone |= havens_forgetting.forget(today)
        havens_lapsing.tell(today)
        roll_up(today)
        db.session.commit()
        retention.rewrite()
        havens_forgetting.rewrite()
        support_alerts.tell(today)  # last: whatever befalls a letter, what had to go is gone
        db.session.commit()
        return gone


FORGET_TRIES, FORGET_PAUSE_SECONDS = 4, 300
"""A message is refused while it is under way, five minutes at most, and when the provider is in trouble."""


def build(app: Flask) -> SqliteHuey:
    """The queue with its tasks. Nothing in it must outlive a crash, so it does not wait for the disk."""
    settings = _runtime(app).settings
    huey = SqliteHuey("community", filename=str(settings.runtime_dir / "jobs.sqlite"), utc=False, fsync=False)
    gateway = Gateway.of(settings)

    @huey.periodic_task(crontab(minute="*"))
    def each_minute() -> None:
        forget_talks(app)
        flush_scans(app)
        flush_needs(app)
        empty_log(app)
        delivery.soon(app)  # in a thread: a mail server that hangs keeps nothing else waiting

    @huey.periodic_task(crontab(minute="7"))
    def each_hour() -> None:
        forget_keys(app)

    @huey.periodic_task(crontab(hour="3", minute="17"))
    def each_night() -> None:
        nightly(app)

    @huey.task(priority=-1)  # a flood of texts must not keep the minute's and the night's work waiting
    def forget_message(sid: str, tries_left: int = FORGET_TRIES) -> None:
        """Named by the provider's id, which is no number; the queue holds nothing else of a message."""
        if not gateway.redact(sid):
            if tries_left > 1:
                forget_message.schedule((sid, tries_left - 1), delay=FORGET_PAUSE_SECONDS)
            else:
                log.warning("the provider keeps a message that it was asked to forget")

    huey.forget_message = forget_message
    return huey


def forgetting(app: Flask) -> Callable[[str, int], None]:
    """forget(sid, seconds): let the consumer ask the provider, after so many seconds, to forget a message."""
    queue = cache(lambda: build(app))  # opened when first needed: its file must not be shared across a fork

    def forget(sid: str, seconds: int) -> None:
        queue().forget_message.schedule((sid,), delay=seconds)

    return forget


def consume(app: Flask) -> None:
    """Run the consumer until it is told to stop, with a heartbeat that /healthz reads."""
    reading.set(False)
    runtime_dir = _runtime(app).settings.runtime_dir
    stopped = threading.Event()

    def keep_beating() -> None:
        while not stopped.wait(HEARTBEAT_SECONDS):
            try:
                beat(runtime_dir)
            except OSError as error:  # a full disk: /healthz says so until there is room again
                log.error("no heartbeat: %s", error.strerror)

    beat(runtime_dir)
    forget_keys(app)
    threading.Thread(target=keep_beating, daemon=True).start()
    try:
        build(app).create_consumer(workers=1, worker_type="thread", check_worker_health=True).run()
    finally:
        stopped.set()
        rest(runtime_dir)


def _runtime(app: Flask) -> Runtime:
    found: Runtime = app.extensions["community"]
    return found

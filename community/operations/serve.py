"""`make run`: migrate, load demo data into an empty development database, then web workers and job consumer under one
parent. A consumer that ends is started again after a pause, in which /healthz says so while answers are still taken.
When the web part ends, the parent ends the other and itself, so that whoever started it can start it again. When the
parent is killed, both end."""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import OperationalError

from community.app import create_app
from community.bot.service import warm
from community.config import Settings, SettingsError
from community.extensions import NotDurable, db
from community.messaging import email
from community.operations import demo, jobs, refusals
from community.operations.schema import bring_up_to_date
from community.places.service import posters
from community.places.service.facts import load_facts
from community.shared.assets import AssetsMissing
from community.shared.clock import london_today
from community.shared.runtime import Runtime
from community.staff import demo as staff_demo
from community.surveys.shipped import publish_shipped

WORKERS, THREADS = 2, 4
SCAN_FLUSH_SECONDS = 2
CONSUMER_PAUSE_SECONDS = 10
"""Before a consumer that ended is started again: long enough for whoever watches /healthz to see it."""
STOPS = (signal.SIGTERM, signal.SIGINT)
_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


class Web(BaseApplication):  # type: ignore[misc]
    """gunicorn with an application that is loaded already."""

    def __init__(self, app: Flask, bind: str) -> None:
        self.app, self.bind = app, bind
        self.refusals = refusals.answers(app)
        warm()  # before the workers fork: they share what is loaded
        super().__init__()

    def load_config(self) -> None:
        shared_memory = "/dev/shm"  # noqa: S108  heartbeat files; on a slow disk they would stall the workers
        for name, value in {
            "bind": self.bind,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": f"{refusals.__name__}.{refusals.KindWorker.__name__}",
            "preload_app": True,
            "accesslog": None,
            "loglevel": "error",
            "timeout": 30,
            "graceful_timeout": 10,
            "keepalive": 5,
            "worker_tmp_dir": shared_memory if os.path.isdir(shared_memory) else None,
            "post_fork": _post_fork,
            "worker_exit": _worker_exit,
            "limit_request_line": 2048,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def _post_fork(_arbiter: Any, worker: Any) -> None:
    counters = worker.app.app.extensions["community"].counters

    def flush_for_ever() -> None:
        while True:
            time.sleep(SCAN_FLUSH_SECONDS)
            counters.flush()

    threading.Thread(target=flush_for_ever, daemon=True).start()


def _worker_exit(_arbiter: Any, worker: Any) -> None:
    worker.app.app.extensions["community"].counters.flush()


def prepare(app: Flask) -> None:
    """Bring the schema up to date; give a new database its questionnaires and, in development, demo data."""
    settings = _settings(app)
    with app.app_context():
        furnish(with_demo=not settings.is_production)
        staff_demo.one_of_each_role(london_today())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def furnish(*, with_demo: bool = True) -> None:
    """Bring the schema up to date and give a new database its questionnaires and, if wanted, demo data; committed."""
    bring_up_to_date()
    publish_shipped(on=london_today())
    if with_demo and demo.is_empty():
        load_facts()
        demo.load(demo.START_RESPONSES, seed=1, on=london_today())
    db.session.commit()


def addresses(app: Flask, bind: str) -> str:
    """The addresses to try, a line each."""
    settings = _settings(app)
    base = f"http://{bind}"
    lines = [f"Community voice is at {base}/  (Ctrl-C stops it)"]
    with app.app_context():
        for poster in posters.list_posters(None)[:3]:
            lines.append(f"  a poster's survey   {base}/q/{poster.code}   {poster.place.name if poster.place else ''}")
        lines += [
            f"  the same, no poster {base}/s/safety",
            f"  help                {base}/help",
            f"  the bot on the web  {base}/chat",
            f"  Safe Havens         {base}/safe-havens",
            f"  take answers back   {base}/withdraw",
            f"  is a poster ours?   {base}/poster",
            f"  is it up?           {base}/healthz",
        ]
        if not settings.is_production:
            lines.append("  the answers         .venv/bin/flask --app community insights results safety --by place")
            lines += [f"  staff               {base}/staff   to try it, sign in as one of these:"]
            lines += [f"    {person.line}" for person in staff_demo.one_of_each_role(london_today())]
        db.session.remove()
        db.engine.dispose()
    return "\n".join(lines)


def warn(app: Flask) -> None:
    """Say at the start what would otherwise be noticed when it is missed."""
    if not email.can_send(_settings(app)):
        logging.warning("%s: see docs/how-to/run-the-service.md", email.NO_SERVER)


def main() -> int:
    """Start everything and wait. The exit status is 0 after a signal, 1 when the web part ended by itself or nothing
    could be started."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    os.umask(0o077)  # database, keys and counters are this account's alone, in whatever folder they are kept
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    bind = f"{host}:{port}"
    if not port.isdecimal() or int(port) > 65_535:
        print(f"PORT is {port!r}: set it to a whole number up to 65535.", file=sys.stderr)
        return 1
    if is_taken(host, int(port)):
        print(f"Port {port} is already in use: stop what listens there, or choose another with PORT.", file=sys.stderr)
        return 1
    try:
        app = create_app(Settings.from_environ())
    except (SettingsError, AssetsMissing) as exc:
        print(exc, file=sys.stderr)
        return 1
    warn(app)
    welcome = _told_by(lambda: _made_ready(app, bind))
    if not welcome:
        return 1
    return _watch(lambda: Web(app, bind).run(), lambda: jobs.consume(app), welcome)


def _made_ready(app: Flask, bind: str) -> str:
    """Prepare, and say where everything is. Ends the process when the database cannot be used."""
    try:
        prepare(app)
        return addresses(app, bind)
    except OperationalError as exc:
        what = "cannot be used" if isinstance(exc.orig, NotDurable) else "does not answer"
        print(f"The database {what}, so nothing was started. {' '.join(str(exc.orig).split())}", file=sys.stderr)
        sys.exit(1)


def _told_by(work: Callable[[], str]) -> str:
    """What work says, done in a process of its own so that the memory it took goes with it; "" if it failed."""
    reading, writing = os.pipe()
    child = _fork(lambda: _say(work, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        words = told.read()
    _, status = os.waitpid(child, 0)
    return words if status == 0 else ""


def _say(work: Callable[[], str], to: int) -> None:
    with os.fdopen(to, "w", encoding="utf-8") as telling:
        telling.write(work())


def is_taken(host: str, port: int) -> bool:
    """Whether another program listens on a port already. Better known before the database is touched."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def _watch(web: Callable[[], None], consumer: Callable[[], None], welcome: str) -> int:
    """Run both parts until a signal comes or the web part ends."""
    stopping = threading.Event()
    for number in STOPS:
        signal.signal(number, lambda *_: stopping.set())
    web_pid, consumer_pid, start_at = _fork(web), _fork(consumer), 0.0
    print(welcome, flush=True)
    while web_pid and not stopping.wait(0.2):
        ended = os.waitpid(-1, os.WNOHANG)[0]
        if ended == web_pid:
            web_pid = 0
        elif ended and ended == consumer_pid:
            logging.error("the job consumer ended; it is started again in %d seconds", CONSUMER_PAUSE_SECONDS)
            consumer_pid, start_at = 0, time.monotonic() + CONSUMER_PAUSE_SECONDS
        elif not consumer_pid and time.monotonic() >= start_at:
            consumer_pid = _fork(consumer)
    for child in filter(None, (web_pid, consumer_pid)):
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    return 0 if web_pid else 1


def _fork(work: Callable[[], None]) -> int:
    """Run a part in a process of its own, which ends when this one does; its id."""
    child = os.fork()
    if child:
        return child
    try:
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        work()
        os._exit(0)
    except SystemExit as exc:
        os._exit(exc.code if isinstance(exc.code, int) else 1)
    except BaseException:
        logging.exception("a part of the service ended")
        os._exit(1)


def _settings(app: Flask) -> Settings:
    found: Runtime = app.extensions["community"]
    return found.settings


if __name__ == "__main__":
    sys.exit(main())

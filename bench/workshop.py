"""Where a measurement is made: a folder on a real disk, a real PostgreSQL, servers that are started and stopped."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import make_url

from bench import processes
from bench.driving import Failed, Journey, Line
from tests.rig.databases import Databases
from tests.rig.postgres import Server, find_server
from tests.rig.server import SERVE, Site

WITHOUT_TALLIES = (sys.executable, "-m", "bench.without_tallies")
# The same server as ours: its version, workers, threads, heartbeat files and how long a line is kept.
FLOOR = (
    sys.executable, "-m", "gunicorn", "-b", "127.0.0.1:{port}", "-w", "2", "-k", "gthread", "--threads", "4",
    "--keep-alive", "5", "--worker-tmp-dir", "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp",
    "--log-level", "warning", "bench.floor_app:app",
)  # fmt: skip
OPTIONS = ("very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe", "prefer_not_to_say")
COUNTED = b"Thank you. Your answer is counted."
_TICKET = b'name="_ticket" value="'


@dataclass(frozen=True)
class Running:
    """A server that runs. users: name -> processes, for whoever asks for CPU."""

    site: Site
    pid: int
    journey: Journey
    postgres: int | None
    codes: Sequence[str] = ()

    @property
    def users(self) -> dict[str, list[int]]:
        database = {"database": processes.tree(self.postgres)} if self.postgres else {}
        return {"server": processes.tree(self.pid), **database}


@dataclass(frozen=True)
class Workshop:
    """folder: for databases and logs; must not be tmpfs."""

    folder: Path

    @cached_property
    def postgres(self) -> Server:
        return find_server()

    @cached_property
    def databases(self) -> Databases:
        return Databases(self.folder, lambda: self.postgres)

    @contextmanager
    def ours(
        self, engine: str, command: Sequence[str] = SERVE, environ: Mapping[str, str] | None = None
    ) -> Iterator[Running]:
        """Our server as `make run` starts it, on a fresh database with its demonstration answers. environ: settings
        beside the usual ones."""
        environ = {**self.databases.environ(self.databases.migrated(engine)), "CACHE_SECONDS": "2", **(environ or {})}
        with self._running(Site(environ, self.folder / "ours.log", command=command)) as (site, pid):
            codes = [poster["code"] for poster in json.loads(site.flask("posters", "list", "--json"))]
            yield Running(site, pid, OurJourney(codes), self._postgres_root(engine, environ["DATABASE_URL"]), codes)

    @contextmanager
    def floor(self, engine: str) -> Iterator[Running]:
        """The bare application on a database of its own."""
        address = self.databases.empty(engine)
        url = make_url(address)
        place = url.set(drivername="postgresql").render_as_string(hide_password=False)
        environ = {f"FLOOR_{'SQLITE' if engine == 'sqlite' else 'POSTGRESQL'}": url.database or ""}
        if engine != "sqlite":
            environ["FLOOR_POSTGRESQL"] = place
        with self._running(Site(environ, self.folder / "floor.log", command=FLOOR)) as (site, pid):
            yield Running(site, pid, floor_journey(engine), self._postgres_root(engine, address))

    @contextmanager
    def _running(self, site: Site) -> Iterator[tuple[Site, int]]:
        before = processes.children(os.getpid())
        site.start()
        started = [pid for pid in processes.children(os.getpid()) - before if pid not in before]
        try:
            yield site, max(started)
        finally:
            site.stop()

    def _postgres_root(self, engine: str, address: str) -> int | None:
        return processes.postgres_root(address) if engine == "postgres" else None


class OurJourney:
    """Page, tap, and the thanks that answers the tap. thanked: an entry for each."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = codes
        self.thanked: list[None] = []

    def __call__(self, line: Line, rng: random.Random) -> None:
        path = f"/q/{rng.choice(self.codes)}"
        page = line.get(path)
        start = page.index(_TICKET) + len(_TICKET)
        ticket = page[start : page.index(b'"', start)].decode()
        if COUNTED not in line.post(f"{path}?next", {"_ticket": ticket, "safe_here": rng.choice(OPTIONS)}):
            raise Failed("no thanks")
        self.thanked.append(None)


def floor_post(engine: str) -> Journey:
    """A row and a word of thanks, the page left out."""
    path = "/sqlite" if engine == "sqlite" else "/postgresql"

    def go(line: Line, rng: random.Random) -> None:
        form = {"loc": "barking-station", "q1": rng.choice("12345"), "q3": rng.choice("1234"), "q5": "4"}
        if b"Thank you" not in line.post(path, form):
            raise Failed("no thanks")

    return go


def floor_journey(engine: str) -> Journey:
    """A page, a row, and a word of thanks."""
    where = "sqlite" if engine == "sqlite" else "postgresql"

    def go(line: Line, rng: random.Random) -> None:
        page = line.get(f"/form/{where}")
        start = page.index(b'name="csrf" value="') + 19
        form = {"csrf": page[start : page.index(b'"', start)].decode(), "loc": "barking-station"}
        form |= {
            "q1": rng.choice("12345"),
            "q3": rng.choice("1234"),
            "q5": "4",
            "text": "More light at the exit please",
        }
        if b"Thank you" not in line.post(f"/{where}", form):
            raise Failed("no thanks")

    return go

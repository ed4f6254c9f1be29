"""/healthz tells the truth while parts of the service are killed, hang, or lose their database."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask

from community.operations import health
from tests.durability.conftest import World
from tests.durability.respondents import COUNTED, ask, ticket_in
from tests.rig.databases import Databases
from tests.rig.postgres import EmbeddedServer
from tests.rig.server import Site, SiteDown

RED_WITHIN_SECONDS = 35


@pytest.fixture
def lite(databases: Databases, start: Callable[[str], World]) -> World:
    """A running service on SQLite."""
    return start(databases.migrated("sqlite"))


def state(site: Site) -> tuple[int, dict[str, str]]:
    status, body = ask(site.url, "/healthz")
    return status, json.loads(body)


def wait_for(site: Site, status: int, seconds: float = RED_WITHIN_SECONDS) -> dict[str, str]:
    """What /healthz says once it answers with this status."""
    deadline = time.monotonic() + seconds
    body: dict[str, str] = {}
    while True:
        with suppress(OSError):
            seen, body = state(site)
            if seen == status:
                return body
        assert time.monotonic() < deadline, f"/healthz did not turn {status}: {body}"
        time.sleep(0.1)


def answer_once(world: World) -> None:
    path = f"/q/{world.codes[0]}"
    form = {"_ticket": ticket_in(ask(world.site.url, path)[1]), "safe_here": "neither"}
    assert COUNTED in ask(world.site.url, path, form)[1]


def consumer_of(site: Site) -> int:
    return int(Path(site.environ["RUNTIME_DIR"], "consumer").read_text())


def test_nobody_else_on_the_machine_can_read_what_a_service_keeps(databases: Databases, tmp_path: Path) -> None:
    home = tmp_path / "shared"
    home.mkdir(mode=0o755)
    environ = databases.environ(f"sqlite:///{home / 'community.sqlite'}") | {
        "INSTANCE_DIR": str(home), "RUNTIME_DIR": str(home / "runtime")
    }  # fmt: skip
    site = Site(environ, tmp_path / "log").start()
    try:
        assert ask(site.url, "/")[0] == 200
        kept = [path for path in home.rglob("*") if path.is_file()]
        assert {"community.sqlite", "community.sqlite-wal", "counters.sqlite"} <= {path.name for path in kept}
        assert [path.name for path in kept if path.stat().st_mode & 0o077] == []
    finally:
        site.stop()


def test_a_killed_consumer_is_told_while_answers_are_taken_and_is_started_again(lite: World) -> None:
    assert state(lite.site) == (200, {"status": "ok"})
    killed = consumer_of(lite.site)
    os.kill(killed, signal.SIGKILL)
    assert wait_for(lite.site, 503)["consumer"] == "down"
    answer_once(lite)
    assert wait_for(lite.site, 200) == {"status": "ok"}
    assert consumer_of(lite.site) != killed


def test_a_consumer_that_hangs_is_told(lite: World) -> None:
    consumer = consumer_of(lite.site)
    with stopped(consumer):
        beat = Path(lite.site.environ["RUNTIME_DIR"], "consumer")
        long_ago = time.time() - health.STALE_SECONDS - 1
        os.utime(beat, (long_ago, long_ago))  # thirty seconds pass
        assert wait_for(lite.site, 503, 2)["consumer"] == "down"
    assert wait_for(lite.site, 200) == {"status": "ok"}
    assert consumer_of(lite.site) == consumer


def test_a_killed_postgresql_is_told_and_is_found_again(
    own_postgres: tuple[EmbeddedServer, str], start: Callable[[str], World]
) -> None:
    postgres, address = own_postgres
    world = start(address)
    postgres.kill()
    assert wait_for(world.site, 503)["database"] == "down"
    postgres.start()
    assert wait_for(world.site, 200) == {"status": "ok"}
    answer_once(world)


def test_a_sqlite_file_that_was_taken_away_is_told(lite: World) -> None:
    file = Path(lite.site.environ["DATABASE_URL"].removeprefix("sqlite:///"))
    file.rename(file.with_suffix(".away"))  # whoever has it open can still read it
    assert wait_for(lite.site, 503, 5)["disk"] == "down"
    assert not file.exists()


def test_a_full_disk_is_told_before_it_is_full(fresh_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (fresh_app.test_client().get("/healthz").json or {})["disk"] == "ok"
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**62)
    assert (fresh_app.test_client().get("/healthz").json or {})["disk"] == "down"


def test_a_parent_that_is_killed_alone_leaves_nothing_behind(lite: World) -> None:
    site, consumer = lite.site, consumer_of(lite.site)
    os.kill(parent_of(consumer), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while is_alive(consumer) or answers(site):
        assert time.monotonic() < deadline, "a part outlived its parent"
        time.sleep(0.1)
    site.kill()
    site.start()
    assert wait_for(site, 200) == {"status": "ok"}


def test_the_web_part_ending_ends_the_service_with_status_1(lite: World) -> None:
    site, consumer = lite.site, consumer_of(lite.site)
    parent = parent_of(consumer)
    web = next(pid for pid in children_of(parent) if pid != consumer)
    os.kill(web, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while is_alive(parent) or answers(site):
        assert time.monotonic() < deadline, "the service went on without its web part"
        time.sleep(0.1)
    assert not is_alive(consumer)


def test_a_second_service_on_the_same_port_says_so_and_does_not_stay(lite: World, tmp_path: Path) -> None:
    second = Site(dict(lite.site.environ), tmp_path / "second")
    second.environ["PORT"] = str(lite.site.port)
    second.url = "http://127.0.0.1:9"  # so that it is not taken for the first
    with pytest.raises(SiteDown, match="already in use"):
        second.start()
    assert state(lite.site) == (200, {"status": "ok"})


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def answers(site: Site) -> bool:
    try:
        ask(site.url, "/healthz", timeout=2)
    except OSError:
        return False
    return True


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        return _stat(pid)[0] != "Z"
    except OSError:
        return False


def parent_of(pid: int) -> int:
    return int(_stat(pid)[1])


def children_of(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if parent_of(int(path.name)) == pid:
                found.append(int(path.name))
    return found


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()

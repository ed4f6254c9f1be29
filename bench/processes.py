"""CPU and memory of a server and of all processes it started, from /proc."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """One process. MB: of 1,000,000 bytes. resident counts shared pages whole; share counts them by how many share."""

    pid: int
    resident_mb: float
    share_mb: float
    has_pandas: bool


def tree(root: int) -> list[int]:
    """A process and everything below it."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            below.setdefault(int(_stat(int(path.name))[1]), []).append(int(path.name))
    found, rest = [], [root]
    while rest:
        found.append(rest.pop())
        rest += below.get(found[-1], [])
    return found


def children(pid: int) -> set[int]:
    """What a process started itself."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(_stat(int(path.name))[1]) == pid:
                found.add(int(path.name))
    return found


def cpu_seconds(pids: list[int]) -> float:
    """CPU seconds that living processes have used, those they waited for included."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            total += sum(int(field) for field in _stat(pid)[11:15])
    return total / TICKS


def memory(pid: int) -> Memory:
    """How much a process holds, and whether pandas is loaded in it. Raises OSError when it is gone."""
    sums = {"Rss": 0, "Pss": 0}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in sums:
            sums[name] = int(rest.split()[0])
    mapped = Path(f"/proc/{pid}/maps").read_text()
    return Memory(pid, sums["Rss"] * 1024 / 1e6, sums["Pss"] * 1024 / 1e6, "/pandas/" in mapped)


def postgres_root(address: str) -> int | None:
    """The main process of the PostgreSQL at an address, when it runs on this machine."""
    url = make_url(address).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        row = connection.execute("select pg_backend_pid()").fetchone()
        assert row is not None
        try:
            stat, name = _stat(row[0]), Path(f"/proc/{row[0]}/comm").read_text()
        except OSError:
            return None
        return int(stat[1]) if name.startswith("postgres") else None


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on: 1 is the parent; 11 to 14 are the CPU times."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()

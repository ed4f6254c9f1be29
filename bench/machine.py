"""What this machine is and how restless it is: a fixed CPU loop, the cores' time taken by others, the disk's fsync."""

from __future__ import annotations

import hashlib
import os
import platform
import tempfile
import time
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")
LOOP_ROUNDS = 20_000
FSYNCS = 200


def busy_seconds() -> float:
    """CPU seconds the machine has worked since it started, those it lent to others left out."""
    user, nice, system, _idle, _iowait, irq, softirq = map(int, _cpu_line()[:7])
    return (user + nice + system + irq + softirq) / TICKS


def wait_until_quiet(at_most: float, *, share: float = 0.06, look: float = 1.0) -> float:
    """Wait until the machine is idle but for `share` of it; the share last seen. at_most: seconds, 0 not at all."""
    deadline = time.monotonic() + at_most
    seen = 1.0
    while time.monotonic() < deadline and seen > share:
        seen = busy_share(look)
    return seen


def busy_share(seconds: float = 1.0) -> float:
    """The share of the machine that works, over some seconds."""
    before = busy_seconds()
    time.sleep(seconds)
    return (busy_seconds() - before) / seconds / (os.cpu_count() or 1)


def loop_seconds() -> float:
    """How long a fixed piece of work takes: longer where neighbours slow the machine."""
    started, block, total = time.perf_counter(), b"x" * 4096, 0
    for _ in range(LOOP_ROUNDS):
        total += hashlib.sha256(block).digest()[0] + sum(range(50))
    return time.perf_counter() - started


def fsync_ms(folder: Path) -> list[float]:
    """Sorted milliseconds of some fdatasync of 4 KB each."""
    taken = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(FSYNCS):
            os.write(file.fileno(), b"x" * 4096)
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - started) * 1e3)
    return sorted(taken)


def note(folder: Path) -> dict[str, object]:
    """The machine in a few figures; take it before and after, and distrust what lies between when they differ."""
    before = _cpu_line()
    loops = sorted(loop_seconds() for _ in range(5))
    after = _cpu_line()
    syncs = fsync_ms(folder)
    stolen = int(after[7]) - int(before[7])
    total = sum(map(int, after[:8])) - sum(map(int, before[:8]))
    return {
        "cpu": _cpu_name(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "disk": _file_system(folder),
        "loop_ms": [round(t * 1e3) for t in (loops[0], median(loops), loops[-1])],
        "stolen_share": round(stolen / max(1, total), 3),
        "fdatasync_ms": {"p50": round(median(syncs), 2), "p95": round(syncs[int(FSYNCS * 0.95)], 2)},
        "busy_with_others": round(busy_share(), 3),
    }


def _cpu_line() -> list[str]:
    with open("/proc/stat") as file:
        return file.readline().split()[1:]


def _cpu_name() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    """The kind of file system a folder lies on. On tmpfs nothing is durable, and every figure is too good."""
    best, kind = "", "?"
    for line in Path("/proc/mounts").read_text().splitlines():
        _, mount, its_kind = line.split()[:3]
        if (str(folder.resolve()) + "/").startswith(mount.rstrip("/") + "/") and len(mount) >= len(best):
            best, kind = mount, its_kind
    return kind

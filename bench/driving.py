"""Respondents as a load: a closed loop, each on a line that is kept open, the next journey when the last is over.

The generator shares the machine with the server, so its own CPU is measured and printed beside."""

from __future__ import annotations

import gzip
import os
import random
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bench.machine import busy_seconds
from bench.processes import cpu_seconds

TIMEOUT_SECONDS = 30
Journey = Callable[["Line", random.Random], None]


class Failed(Exception):
    """A journey that did not end in thanks."""


class Line:
    """One kept-open connection to a server. bytes_in: everything that came over it, headers included."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self._socket: socket.socket | None = None
        self._buffer = b""
        self.bytes_in = 0

    def get(self, path: str) -> bytes:
        return self._request("GET", path, b"")

    def post(self, path: str, form: dict[str, str], headers: Mapping[str, str] | None = None) -> bytes:
        return self._request("POST", path, urlencode(form).encode(), headers)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _request(self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
        """The page as text. Raises Failed for any status but 200."""
        kept = self._socket is not None
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept-Encoding: gzip\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        raw = head.encode() + b"\r\n" + body
        try:
            return self._exchange(raw)
        except ConnectionError:
            self.close()
            if not kept:
                raise
            return self._exchange(raw)  # the server had closed a line that was idle

    def _exchange(self, raw: bytes) -> bytes:
        if self._socket is None:
            self._socket = socket.create_connection((self.host, self.port), TIMEOUT_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._buffer = b""
        self._socket.sendall(raw)
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            self._more()
        head, self._buffer = self._buffer[:end].decode("latin-1"), self._buffer[end + 4 :]
        status, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers["content-length"])
        while len(self._buffer) < length:
            self._more()
        page, self._buffer = self._buffer[:length], self._buffer[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        if status.split()[1] != "200":
            raise Failed(status)
        return gzip.decompress(page) if headers.get("content-encoding") == "gzip" else page

    def _more(self) -> None:
        assert self._socket is not None
        data = self._socket.recv(65_536)
        if not data:
            raise ConnectionError("closed")
        self._buffer += data
        self.bytes_in += len(data)


@dataclass
class Load:
    """What came of driving a server for some seconds. milliseconds: of each journey, sorted. cpu_ms: for each journey,
    by who used it. others: share of the machine that neither server, database nor generator used."""

    clients: int
    seconds: float
    milliseconds: list[float]
    failures: dict[str, int]
    cpu_ms: dict[str, float] = field(default_factory=dict)
    others: float = 0.0
    bytes_each: int = 0

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds

    def at(self, percent: float) -> float:
        """Milliseconds within which this share of journeys was over; 100 is the longest."""
        if not self.milliseconds:
            return float("nan")
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * percent / 100))]


def drive(url: str, journey: Journey, clients: int, seconds: float, *, users: dict[str, list[int]], seed: int) -> Load:
    """Let `clients` respondents go on journeys for some seconds. users: name -> processes whose CPU is asked for."""
    lock, taken, failures, lines = threading.Lock(), [], dict[str, int](), []
    start = threading.Barrier(clients + 1)
    until = [0.0]

    def respondent(n: int) -> None:
        rng, line, mine = random.Random(seed * 1000 + n), Line(url), []
        lines.append(line)
        start.wait()
        while (began := time.perf_counter()) < until[0]:
            try:
                journey(line, rng)
                mine.append((time.perf_counter() - began) * 1e3)
            except (Failed, OSError, ValueError) as fault:
                line.close()
                with lock:
                    failures[repr(fault)[:100]] = failures.get(repr(fault)[:100], 0) + 1
        with lock:
            taken.extend(mine)
        line.close()

    threads = [threading.Thread(target=respondent, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    cpu = {name: cpu_seconds(pids) for name, pids in users.items()}
    busy, own, began = busy_seconds(), time.process_time(), time.perf_counter()
    until[0] = began + seconds
    start.wait()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - began
    used = {name: cpu_seconds(pids) - cpu[name] for name, pids in users.items()}
    used["generator"] = time.process_time() - own
    others = (busy_seconds() - busy - sum(used.values())) / wall / (os.cpu_count() or 1)
    each = max(1, len(taken))
    return Load(
        clients,
        wall,
        sorted(taken),
        failures,
        {name: t * 1e3 / each for name, t in used.items()},
        max(0.0, others),
        round(sum(line.bytes_in for line in lines) / each),
    )

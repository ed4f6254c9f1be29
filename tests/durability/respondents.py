"""People who answer while the service is being killed: each sends the same form until it is thanked, as a phone would
that was told "try again"."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

OPTIONS = ("very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe", "prefer_not_to_say")
AGES = ("13-15", "16-17", "18-21", "35-44")
COUNTED = "Thank you. Your answer is counted."
END = "Your answers are counted."
PATIENCE_SECONDS = 60
_TICKET = re.compile(r'name="_ticket" value="([^"]+)"')


class Refused(Exception):
    """The service answered, and the answer was neither thanks nor "try again": an answer was lost."""


@dataclass
class Sent:
    """What one person sent, and what they were told. ticket: of the opening form. age: None when the person stopped
    after the first tap. tries: forms sent, of which all but two at most were retries."""

    ticket: str
    option: str
    age: str | None = None
    thanked: bool = False
    age_thanked: bool = False
    tries: int = 0


@dataclass
class Crowd:
    """Some people answering at once at these posters of one service. `impatient` is the share who give up when a form
    is not answered; nobody was thanked for those."""

    url: str
    codes: Sequence[str]
    people: int
    at_once: int = 8
    impatient: float = 0.1
    seed: int = 1
    sent: list[Sent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._left = self.people
        self._threads = [threading.Thread(target=self._stand_in_line, args=(n,)) for n in range(self.at_once)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    @property
    def thanked(self) -> int:
        """People thanked so far for their first tap."""
        return sum(1 for one in list(self.sent) if one.thanked)

    @property
    def is_over(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def _stand_in_line(self, n: int) -> None:
        rng = random.Random(self.seed * 1000 + n)
        while True:
            with self._lock:
                if self._left <= 0 or self.faults:
                    return
                self._left -= 1
            try:
                self._person(rng)
            except Exception as fault:
                with self._lock:
                    self.faults.append(f"{type(fault).__name__}: {fault}")

    def _person(self, rng: random.Random) -> None:
        path = f"/q/{rng.choice(self.codes)}"
        first = until_answered(self.url, path, None)
        one = Sent(ticket_in(first), rng.choice(OPTIONS), rng.choice(AGES) if rng.random() < 0.3 else None)
        with self._lock:
            self.sent.append(one)
        patience = 0.0 if rng.random() < self.impatient else PATIENCE_SECONDS
        page = until_answered(self.url, f"{path}?next", {"_ticket": one.ticket, "safe_here": one.option}, patience, one)
        if page is None:
            return
        if COUNTED not in page:
            raise Refused(page)
        one.thanked = True
        if one.age is None:
            return
        form = {"_ticket": ticket_in(page), "age": one.age, "_finish": "1"}
        page = until_answered(self.url, f"{path}?next", form, patience, one)
        if page is not None and END not in page:
            raise Refused(page)
        one.age_thanked = page is not None


def until_answered(
    url: str, path: str, form: dict[str, str] | None, patience: float = PATIENCE_SECONDS, one: Sent | None = None
) -> str | None:
    """The page that answers a request with 200, sent again and again for `patience` seconds while the service is
    gone, cuts the line or says 503; None when there is none by then. Raises Refused for any other answer."""
    deadline = time.monotonic() + patience
    while True:
        if one is not None:
            one.tries += 1
        try:
            status, page = ask(url, path, form)
        except (OSError, http.client.HTTPException):
            status, page = 503, ""
        if status == 200:
            return page
        if status != 503:
            raise Refused(f"{path}: {status} {page[-600:]}")
        if time.monotonic() > deadline:
            return None
        time.sleep(0.03)


def ask(url: str, path: str, form: dict[str, str] | None = None, timeout: float = 30) -> tuple[int, str]:
    """(status, page) of one request on a line of its own; a form makes it a POST. Raises OSError, HTTPException."""
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        headers["Accept-Encoding"] = "gzip"
        line.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = line.getresponse()
        page = answer.read()
        return answer.status, (gzip.decompress(page) if answer.getheader("Content-Encoding") else page).decode()
    finally:
        line.close()


def ticket_in(page: str | None) -> str:
    """The ticket in a page's form."""
    found = _TICKET.search(page or "")
    if found is None:
        raise Refused(f"a page without a form: {page}")
    return found[1]

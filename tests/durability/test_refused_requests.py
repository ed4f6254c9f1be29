"""What the web server refuses before the application sees it still says 999 and where to get help."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.durability.respondents import ask
from tests.rig.databases import Databases
from tests.rig.pages import Page
from tests.rig.server import Site

SECRET = "07700900123"


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with ExitStack() as ending:
        started = Site(databases.environ(databases.migrated("sqlite")), tmp_path_factory.mktemp("refused") / "log")
        ending.callback(started.kill)
        yield started.start()


@pytest.fixture
def say(site: Site) -> Callable[[bytes], tuple[int, dict[str, str], str]]:
    """say(bytes): (status, headers, body) of what the server answers to them."""

    def said(sent: bytes) -> tuple[int, dict[str, str], str]:
        with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
            line.sendall(sent)
            answer = b""
            while more := line.recv(65_536):
                answer += more
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = head.decode("ascii").split("\r\n")
        headers = dict(row.split(": ", 1) for row in rest)
        assert int(headers["Content-Length"]) == len(body)
        return int(first.split()[1]), headers, body.decode()

    return said


REFUSED = {
    "an address that is too long": (f"GET /q/{SECRET}{'x' * 2_100} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "a very long address": (f"GET /q/{SECRET}{'x' * 60_000} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "a header that is too long": (f"GET / HTTP/1.1\r\nHost: a\r\nX-Long: {SECRET}{'x' * 9_000}\r\n\r\n", 431),
    "too many headers": ("GET / HTTP/1.1\r\n" + f"X-Many: {SECRET}\r\n" * 150 + "\r\n", 431),
    "a length that is no number": (f"POST /q/A HTTP/1.1\r\nHost: a\r\nContent-Length: {SECRET}x\r\n\r\n", 400),
    "two lengths": ("POST /q/A HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "no request at all": (f"{SECRET}\r\n\r\n", 400),
    "a version there is not": ("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400),
    "a header without a name": ("GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400),
    "a coding nobody knows": ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: odd\r\n\r\n", 501),
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_999_and_where_to_get_help(
    say: Callable[[bytes], tuple[int, dict[str, str], str]], site: Site, sent: str, status: int
) -> None:
    seen, headers, body = say(sent.encode())
    assert seen == status
    page = Page(body)
    assert "999" in page.text
    assert "Childline 0800 1111" in page.text
    assert page.link("Find someone to talk to") == "/help"
    assert SECRET not in body
    assert "Set-Cookie" not in headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "gunicorn" not in f"{headers}{body}".lower()


def test_nothing_of_a_refusal_stands_in_the_log_and_others_are_answered_on(
    say: Callable[[bytes], tuple[int, dict[str, str], str]], site: Site
) -> None:
    for sent, _ in REFUSED.values():
        say(sent.encode())
    logged = Path(site.log).read_text(errors="replace")
    assert SECRET not in logged
    assert "Invalid request" not in logged
    assert ask(site.url, "/help")[0] == 200

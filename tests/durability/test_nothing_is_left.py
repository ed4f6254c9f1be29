"""After texts and chats nothing of a number or a word is anywhere: not in a log, a file, a queue or a database."""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
import time
import urllib.error
import urllib.parse
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.durability.lines import Lines, PhoneLine, lines
from tests.rig.databases import ENGINES
from tests.rig.postgres import EmbeddedServer
from tests.rig.twilio_standin import MESSAGES, inbound_form, new_sid, post

__all__ = ["lines"]

NUMBER = "+447700900457"
OTHER = "+447700900868"
WORDS = ("zanzibar", "my cousin Wilhelmina hits me", "quokka", "hes gona kill me xylophone")
"""Each holds a word that nothing of ours says."""
RARE = ("zanzibar", "wilhelmina", "quokka", "xylophone")


def forms_of(number: str) -> set[bytes]:
    """A number as it might be written by anyone: whole, at home, in groups, its last digits, hashed without a key."""
    digits = number.removeprefix("+")
    home = "0" + digits[2:]
    plain = {
        number, digits, home, digits[2:], f"{home[:5]} {home[5:]}", f"{home[:5]} {home[5:8]} {home[8:]}", home[-6:],
        urllib.parse.quote_plus(number), f"+44 {digits[2:6]} {digits[6:]}",
    }  # fmt: skip
    found = {form.encode() for form in plain}
    for whole in (number, digits, home, f"whatsapp:{number}"):
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, whole.encode())
            found |= {digest.digest(), digest.hexdigest().encode()}
        found |= {base64.b64encode(whole.encode()), whole.encode("utf-16-le"), int(digits).to_bytes(8, "big")}
    return found


def traces(content: bytes) -> set[str]:
    """Which forms of the numbers and which of the words are in there."""
    low = content.lower()
    words = {word for word in RARE if word.encode() in low or word.encode("utf-16-le") in low}
    words |= {word for word in RARE if base64.b64encode(word.encode()).rstrip(b"=")[:-1] in content}
    numbers = {f"{form!r} of {number}" for number in (NUMBER, OTHER) for form in forms_of(number) if form in content}
    return words | numbers


def use(line: PhoneLine) -> None:
    """Everything that people do and that goes wrong: texts, WhatsApp, retries, forgeries, odd bodies, the chat."""
    sid = new_sid()
    for words in WORDS:
        assert line.text(words, NUMBER, sid=sid).status == 200
        line.text(words, NUMBER)
        line.text(words, f"whatsapp:{OTHER}")
    line.text("1", NUMBER)
    line.text("STOP quokka", OTHER)
    url = line.site.url + MESSAGES
    form = inbound_form(NUMBER, WORDS[1], new_sid())
    assert post(url, form, {"X-Twilio-Signature": "forged"}).status == 403
    assert post(f"{url}?From={NUMBER}&Body=quokka", {}, {}).status == 403
    with suppress(urllib.error.URLError):  # refused unread: the line may be cut before all of it is sent
        assert post(url, form | {"Body": "quokka" * 9_000}, {}).status in (403, 413)
    line.provider.answers_with(500)
    line.text(WORDS[3], NUMBER)
    line.provider.answers_with(201)
    state = ""
    for words in WORDS:
        page = post(f"{line.site.url}/chat", {"text": f"{words} ring me on {NUMBER}", "_state": state}, {}).body
        assert words.split()[0] in page
        state = page.partition('name="_state" value="')[2].partition('"')[0]
    assert len(state) > 200
    post(f"{line.site.url}/chat", {"text": "quokka", "_state": state[:-9]}, {})
    with suppress(urllib.error.URLError):
        post(f"{line.site.url}/chat", {"text": "quokka" * 400_000}, {})


def files_of(line: PhoneLine) -> Iterator[Path]:
    """All that the service wrote: its log, what must be forgotten, its folder, a database that is a file."""
    folders = [Path(line.site.environ[name]) for name in ("RUNTIME_DIR", "INSTANCE_DIR")]
    database = make_url(line.site.environ["DATABASE_URL"])
    if database.get_backend_name() == "sqlite":
        path = Path(database.database or "")
        yield from path.parent.glob(f"{path.name}*")
    yield line.site.log
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def rows_of(address: str) -> Iterable[bytes]:
    """Every row of every table as text."""
    with psycopg.connect(make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)) as on:
        tables = on.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        assert tables
        for (table,) in tables:
            for row in on.execute(f'select t::text from "{table}" t').fetchall():  # type: ignore[arg-type]
                yield row[0].encode()


@pytest.mark.parametrize("replies", ["twiml", "rest"])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_number_and_no_word_is_left_in_anything_that_is_written(lines: Lines, engine: str, replies: str) -> None:
    line = lines(engine, BOT_REPLIES=replies)
    use(line)
    time.sleep(3)  # counts are carried to their file by then, and the consumer has had its turn
    for when in ("while it runs", "when it has stopped"):
        read = list(files_of(line))
        assert {path.name for path in read} >= {"log", "talks.sqlite", "counters.sqlite", "jobs.sqlite"}
        left = {str(path): found for path in read if (found := traces(path.read_bytes()))}
        assert left == {}, when
        line.site.stop()
    if engine == "postgres":
        assert set().union(*map(traces, rows_of(line.site.environ["DATABASE_URL"]))) == set()
    said = re.findall(rb"hits|kill|cousin|\+44", line.site.log.read_bytes())
    assert said == []


def test_no_number_and_no_word_is_left_in_the_files_of_postgresql(
    lines: Lines, own_postgres: tuple[EmbeddedServer, str]
) -> None:
    server, address = own_postgres
    line = lines(address)
    use(line)
    line.site.stop()
    files = [path for path in (server.folder / "data").rglob("*") if path.is_file()]
    assert len(files) > 100
    assert {str(path): found for path in files if (found := traces(path.read_bytes()))} == {}


def test_these_searches_find_what_they_look_for(tmp_path: Path) -> None:
    for form in forms_of(NUMBER):
        assert traces(b"..." + form + b"...")
    for word in ("Quokka", "XYLOPHONE"):
        assert traces(b"..." + word.encode() + b"...")
    with sqlite3.connect(tmp_path / "x.sqlite") as file:
        file.execute("create table t (a)")
        file.execute("insert into t values (?)", (f"from {NUMBER}",))
    file.close()
    assert traces((tmp_path / "x.sqlite").read_bytes())
    assert traces(b"nothing at all 900 999 0800 1111") == set()

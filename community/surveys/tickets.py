"""The signed hidden field that carries a respondent's state from page to page, and the ids made from it.

No cookie, nothing in an address. A ticket holds a random nonce, when its first page was made, and where; it is signed
with the London day's key and dies with that key. The response id and the withdrawal code both follow from the nonce,
so the same form always makes the same response, and nobody without the form can find it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from community.shared.daily_keys import DailyKeys, KeyGone

NONCE_BYTES = 16
CODE_DIGITS = 20
FIELDS = 11
MAX_LENGTH = 2_000
"""In characters: a place's longest name in its rarest letters fits twice."""


class BadTicket(Exception):
    """The hidden field was not made by us, or was changed."""


class TicketExpired(Exception):
    """The day's key is gone: a kind "start again", never a second count."""


@dataclass(frozen=True)
class Ticket:
    """A respondent's state. issued_ms: when the first page was made. screen: the one this form answers. harm: help
    topics shown beside it, which what was sent before called for."""

    day: date
    nonce: str
    issued_ms: int
    wave_id: int
    poster_id: int | None
    place_id: int | None
    place_name: str
    place_slug: str
    code: str
    language: str
    screen: str
    harm: tuple[str, ...] = ()

    def on(self, screen: str, harm: Iterable[str] = ()) -> Ticket:
        return replace(self, screen=screen, harm=tuple(sorted(harm)))


def fresh(
    *,
    day: date,
    issued_ms: int,
    wave_id: int,
    poster_id: int | None,
    place_id: int | None,
    place_name: str,
    place_slug: str,
    code: str,
    language: str,
    screen: str,
) -> Ticket:
    """A ticket with a new nonce: a new response, tied to no other."""
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    return Ticket(day, nonce, issued_ms, wave_id, poster_id, place_id, place_name, place_slug, code, language, screen)


def seal(ticket: Ticket, keys: DailyKeys, *, today: date) -> str:
    """The ticket as text for a hidden field: its day, its fields, their HMAC under the day's key. Raises KeyGone."""
    t = ticket
    fields = [t.nonce, t.issued_ms, t.wave_id, t.poster_id, t.place_id, t.place_name, t.place_slug, t.code, t.language,
              t.screen, t.harm]  # fmt: skip
    body = urlsafe_b64encode(json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()).rstrip(b"=")
    return f"{t.day.isoformat()}.{body.decode()}.{_signature(body, t.day, keys, today)}"


def unseal(text: str, keys: DailyKeys, *, today: date) -> Ticket:
    """The ticket of a hidden field. Raises BadTicket; TicketExpired when its key is gone."""
    if len(text) > MAX_LENGTH or not text.isascii():
        raise BadTicket("too long, or not ours")
    day_text, _, signed = text.partition(".")
    body, _, signature = signed.rpartition(".")
    try:
        day = date.fromisoformat(day_text)
    except ValueError as exc:
        raise BadTicket("no day") from exc
    if day > today:
        raise BadTicket("a day to come")
    try:
        expected = _signature(body.encode(), day, keys, today)
    except KeyGone as exc:
        raise TicketExpired(day) from exc
    if not hmac.compare_digest(signature, expected):
        raise BadTicket("not signed by us")
    fields: Any = json.loads(urlsafe_b64decode(body + "=="))
    if not isinstance(fields, list) or len(fields) != FIELDS or not isinstance(fields[-1], list):
        raise BadTicket("of another version of this service")
    fields[-1] = tuple(fields[-1])
    return Ticket(day, *fields)


def withdrawal_code(ticket: Ticket, keys: DailyKeys, *, today: date) -> str:
    """20 decimal digits (66 bits) that only this form leads to; the same each time it is asked."""
    digest = keys.digest("withdraw", ticket.nonce.encode(), ticket.day, today=today)
    return str(int.from_bytes(digest[:16]) % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def code_of(typed: str) -> str | None:
    """The code in what a person typed, spaces and figures of any script as they come; None when it is not whole."""
    figures = [str(unicodedata.decimal(char)) for char in typed if char.isdecimal()]
    return "".join(figures) if len(figures) == CODE_DIGITS else None


def response_id(code: str, pepper: str) -> bytes:
    """16 bytes: the keyed hash of a withdrawal code. The code is not stored; whoever holds it can name the row."""
    return hmac.new(pepper.encode(), b"response\0" + code.encode(), hashlib.sha256).digest()[:16]


def _signature(body: bytes, day: date, keys: DailyKeys, today: date) -> str:
    return urlsafe_b64encode(keys.digest("survey-form", body, day, today=today)).decode().rstrip("=")

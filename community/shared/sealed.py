"""What a page or a draft carries, sealed: without the key nobody reads or changes it. AES-256-GCM over packed JSON."""

from __future__ import annotations

import json
import os
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from community.shared.daily_keys import DailyKeys, KeyGone

MOST_LENGTH: Final = 40_000
"""Of a sealed text, above all that we make, unless its room says otherwise. Longer ones are not opened."""
MOST_UNPACKED: Final = 100_000
"""Of what is in it, in bytes."""
_NONCE_BYTES: Final = 12


class BadSeal(Exception):
    """It was never ours, was changed, or its key is gone."""


def seal(value: Any, key: bytes, about: str) -> str:
    """A JSON value as text. key: 32 bytes. about: what it is for; it opens for nothing else."""
    nonce = os.urandom(_NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, zlib.compress(plain, 6), about.encode())).decode()


def unseal(
    text: str, key: bytes, about: str, *, most_length: int = MOST_LENGTH, most_unpacked: int = MOST_UNPACKED
) -> Any:
    """The value of a sealed text. Raises BadSeal."""
    if len(text) > most_length or not text.isascii():
        raise BadSeal("too long, or not ours")
    try:
        raw = urlsafe_b64decode(text)
        packed = AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about.encode())
        return json.loads(zlib.decompressobj().decompress(packed, most_unpacked))
    except (ValueError, InvalidTag, zlib.error) as error:
        raise BadSeal("not sealed by us") from error


def seal_for_page(value: Any, keys: DailyKeys, about: str, *, today: date) -> str:
    """A value as text for a hidden field: the London day, a dot, and what only that day's key opens. Raises
    KeyGone, and OSError where no key can be had."""
    return f"{today.isoformat()}.{seal(value, _key(keys, about, today, today), about)}"


def unseal_from_page(field: str, keys: DailyKeys, about: str, *, today: date, **most: int) -> Any:
    """The value of a hidden field of today or yesterday. most: bounds, as `unseal` takes them. Raises BadSeal;
    OSError where no key can be read."""
    day_text, _, sealed = field.partition(".")
    try:
        day = date.fromisoformat(day_text)
        key = _key(keys, about, day, today)
    except (ValueError, KeyGone) as error:
        raise BadSeal("of no day whose key is left") from error
    return unseal(sealed, key, about, **most)


def _key(keys: DailyKeys, about: str, day: date, today: date) -> bytes:
    return keys.digest(f"sealed {about}", b"page", day, today=today)

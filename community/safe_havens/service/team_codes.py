"""The code behind the counter: 12 characters that open a venue's course and use log, without an account.

It follows from the secret key, the venue and a version, so the staff card can be printed again; what is stored is a
keyed hash, by which a typed code is found. One more version makes another code, and the old one opens nothing."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from sqlalchemy import select

from community.extensions import db
from community.places.codes import ALPHABET
from community.safe_havens.models import SafeHaven
from community.shared.runtime import runtime

LENGTH: Final = 12
ACTIVE: Final = frozenset({"applied", "approved", "suspended"})
"""Statuses in which a code opens anything."""
_READ_AS: Final = str.maketrans("OIL", "011")
_GAPS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
_MOST_TYPED: Final = 64


def code(haven: SafeHaven) -> str:
    """The code of a venue as it is stored on nobody's disk: `7K3M94Q0AB1C`."""
    number = int.from_bytes(_keyed("code", f"{haven.id}\0{haven.team_version}".encode()))
    return "".join(ALPHABET[(number >> 5 * at) & 31] for at in range(LENGTH))


def printed(haven: SafeHaven) -> str:
    """The code in three parts, as people copy it: `7K3M-94Q0-AB1C`. Makes sure that it opens something; flushed."""
    ensure(haven)
    return spelt(haven)


def spelt(haven: SafeHaven) -> str:
    """The same in three parts, without a look at what is stored."""
    whole = code(haven)
    return "-".join(whole[at : at + 4] for at in range(0, LENGTH, 4))


def ensure(haven: SafeHaven) -> None:
    """Keep the hash by which the venue's code is found. haven: flushed, so that it has its id. Flushed."""
    found_by = _found_by(code(haven))
    if haven.team_hash != found_by:
        haven.team_hash = found_by
        db.session.flush()


def renew(haven: SafeHaven) -> None:
    """Make another code; the one before opens nothing any more. Flushed."""
    haven.team_version += 1
    ensure(haven)


def haven_of(typed: str) -> SafeHaven | None:
    """The venue whose code was typed, small letters, gaps and O for 0 as they come; None when there is none, or it is
    no longer in the scheme."""
    bare = normalise(typed)
    if bare is None:
        return None
    found = db.session.scalar(select(SafeHaven).where(SafeHaven.team_hash == _found_by(bare)))
    return found if found is not None and found.status in ACTIVE else None


def normalise(typed: str) -> str | None:
    """The twelve characters a person meant; None when it cannot be a code."""
    if len(typed) > _MOST_TYPED:
        return None
    bare = _GAPS.sub("", typed).upper().translate(_READ_AS)
    return bare if len(bare) == LENGTH and all(character in ALPHABET for character in bare) else None


def _found_by(bare: str) -> bytes:
    return _keyed("found by", bare.encode())


def _keyed(purpose: str, message: bytes) -> bytes:
    key = runtime().settings.secret_key.encode()
    return hmac.new(b"haven team " + key, purpose.encode() + b"\0" + message, hashlib.sha256).digest()

"""What is said of a venue that somebody asks for by its address or by the serial on its sticker, listed or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from community.places.codes import normalise
from community.safe_havens import queries
from community.safe_havens.models import SafeHaven
from community.shared.runtime import runtime

_SLUG: Final = re.compile(r"[a-z0-9-]{1,80}")


class Sticker(StrEnum):
    """live: a Safe Haven at present. lapsed: it was one. unknown: no sticker of ours has this serial."""

    live = "live"
    lapsed = "lapsed"
    unknown = "unknown"


@dataclass(frozen=True)
class Checked:
    """A serial that somebody looked up. haven: None when it is unknown. is_listed: whether it has a page."""

    sticker: Sticker
    serial: str
    haven: SafeHaven | None = None
    is_listed: bool = False


def check(typed: str, on: date) -> Checked:
    """What stands behind a serial, as it was typed, on a London day."""
    serial = normalise(typed)
    haven = queries.by_serial(serial) if serial else None
    if haven is None or serial is None:
        return Checked(Sticker.unknown, serial or "")
    insured = runtime().settings.havens.insurance
    live = queries.is_valid_on(haven.id, on, insured=insured)
    return Checked(Sticker.live if live else Sticker.lapsed, serial, haven, live and haven.consents)


def once_listed(slug: str) -> SafeHaven | None:
    """A venue that was once a Safe Haven and agreed to be shown, by its address; None for what never was: of somebody
    who only applied nothing is told."""
    haven = queries.by_slug(slug) if _SLUG.fullmatch(slug) else None
    return haven if haven is not None and haven.approved_on is not None and haven.consents else None

"""Posters that were ticked on a list: their codes, as an address carries them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from community.places import queries
from community.places.codes import normalise
from community.places.models import Poster
from community.shared.errors import UserError

MOST: Final = 100
"""Posters in one file: three seconds of drawing, and less than two megabytes."""


class BadSelection(UserError):
    """Nothing was ticked, or too much."""


def chosen(typed: Sequence[str]) -> Sequence[Poster]:
    """The posters with these codes, by place; what is none of ours is left out. Raises BadSelection."""
    codes = {code for one in typed[: MOST * 5] if (code := normalise(one))}
    found = queries.posters_by_code(codes) if codes else ()
    if not found:
        raise BadSelection("Tick at least one poster.")
    if len(found) > MOST:
        raise BadSelection(f"Tick at most {MOST} posters at a time: you ticked {len(found)}.")
    return found

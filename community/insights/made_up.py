"""Made-up demonstration answers among those counted: said beside every figure, in words and on a banner. Pure.

They are not left out where real ones exist: tallies know them by the way of answering alone, never crossed with age,
time of day or poster, so a page would have to read every stored answer anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

CHANNEL: Final = "demo"
"""The way of answering that made-up answers are stored under."""
ALL_BANNER: Final = "This is a demonstration. The answers here are made up."
SOME_BANNER: Final = "Answers made up for demonstration are counted here. Quote none of these numbers."


class Counted(Protocol):
    """What a banner is asked of: a table that knows its made-up answers."""

    @property
    def made_up(self) -> int: ...

    @property
    def all_made_up(self) -> bool: ...


def note(made_up: int, base: int, *, flagged: int = 0, noun: str = "answer") -> str:
    """The sentence that goes with a figure; "" where nothing in it is made up. flagged: of the made-up ones. noun: what
    the figure counts."""
    if not made_up:
        return ""
    included = ", flagged ones included," if flagged else ""
    if made_up < base:
        are = f"1 of these {noun}s{included} is" if made_up == 1 else f"{made_up:,} of these {noun}s{included} are"
        return f"{are} made up, for demonstration."
    if made_up == 1:
        return f"The one {noun} here is made up, for demonstration."
    return f"All {made_up:,} {noun}s here{included} are made up, for demonstration."


def banner(tables: Iterable[Counted]) -> str:
    """What stands above a page of these tables; "" where nothing in them is made up. all_made_up is true of a table
    only when somebody is in it."""
    found = list(tables)
    if not any(one.made_up for one in found):
        return ""
    mixed = any(one.made_up and not one.all_made_up for one in found)
    return SOME_BANNER if mixed else ALL_BANNER

"""How one number is printed: exactly, for those who may see it, or by the rule for what anyone may read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from community.insights import released
from community.insights.released import FEWER, LEAST_BASE, whole_percent
from community.insights.wilson import wilson

TOO_FEW = "too few answers for a percentage"


@dataclass(frozen=True)
class Printed:
    """A count of a base as words and whole numbers. percent, low, high: None when no share is given. order: what a
    ranking may go by, so that it tells no more than the page; -1 for a count that is not shown."""

    count: str
    base: str
    percent: int | None
    low: int | None
    high: int | None
    order: int

    @property
    def share(self) -> str:
        """ "80%", or a dash."""
        return "–" if self.percent is None else f"{self.percent}%"

    @property
    def range(self) -> str:
        """ "74% to 85%", or nothing."""
        return "" if self.low is None else f"{self.low}% to {self.high}%"

    @property
    def words(self) -> str:
        """ "80% (74 to 85)", or why there is none."""
        if self.percent is not None:
            return f"{self.percent}% ({self.low} to {self.high})"
        return self.count if self._is_few_of_many else TOO_FEW

    def who(self, did: str, *, bare: bool = False) -> str:
        """A clause about them: "80% (74 to 85) did not feel safe". bare: without the range."""
        if self.percent is not None:
            return f"{self.share if bare else self.words} {did}"
        if self._is_few_of_many:
            return f"{self.count} people {did}"
        return f"too few people answered to say what share {did}"

    @property
    def _is_few_of_many(self) -> bool:
        return self.count == FEWER and self.base.isdecimal() and int(self.base) >= LEAST_BASE


@dataclass(frozen=True)
class Options:
    """One question's counts, to be printed together. sums: name -> options that are printed added up, too.
    sensitive: names by which nobody may read that all of a group are alike. exhaustive: a single choice."""

    counts: Mapping[str, int]
    base: int
    sums: Mapping[str, frozenset[str]]
    sensitive: frozenset[str]
    exhaustive: bool

    def added_up(self) -> dict[str, int]:
        """The counts, and each sum under its name."""
        return dict(self.counts) | {name: sum(self.counts[o] for o in options) for name, options in self.sums.items()}


class Exact:
    """Every number as counted."""

    released = False

    def count(self, n: int) -> str:
        return str(n)

    def cells(self, question: Options) -> dict[str, Printed]:
        """Option, or name of a sum -> its count of the base."""
        return {name: self._cell(count, question.base) for name, count in question.added_up().items()}

    def _cell(self, count: int, base: int) -> Printed:
        bounds = wilson(count, base)
        if bounds is None:
            return Printed(str(count), str(base), None, None, None, count)
        low, high = bounds
        percents = whole_percent(count / base), whole_percent(low), whole_percent(high)
        return Printed(str(count), str(base), *percents, count)


class Released:
    """Rounded, small ones in words: see `released`."""

    released = True

    def count(self, n: int) -> str:
        return released.release_count(n).words

    def cells(self, question: Options) -> dict[str, Printed]:
        """The same; nothing by which all share a sensitive answer, nothing from which a hidden count follows."""
        found = released.release_cells(
            question.counts,
            question.base,
            sums=question.sums,
            sensitive=question.sensitive,
            exhaustive=question.exhaustive,
        )
        return {
            option: Printed(
                cell.count.words, cell.base.words, cell.share.percent, cell.share.low, cell.share.high,
                -1 if cell.count.number is None else cell.count.number,
            )
            for option, cell in found.items()
        }  # fmt: skip


Form = Exact | Released

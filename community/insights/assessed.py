"""What the needs assessment's section is made of, as plain values: what was asked, and how many said what. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from community.insights.missing_kinds import Missing
from community.insights.printed import Options
from community.surveys.questionnaire import AGE, IMPORTED_AGE, Kind, Option, Question, text_in
from community.surveys.tallies import ANSWERED

TEENS = "13-17"
"""The band that reports print: 13-15, 16-17 and what older surveys could not split, together."""
_TEENS_FROM = ("13-15", "16-17", IMPORTED_AGE)
SUMS = {
    "robbed": (("me", "someone_i_know", "both"), ("me", "both")),
    "safe_here": (("fairly_unsafe", "very_unsafe"),),
    "safe_day": (("very_safe", "fairly_safe"),),
    "safe_dark": (("very_safe", "fairly_safe"),),
}
"""Question -> answers that sentences add up."""
_PEOPLE = frozenset({"ethnicity", "disability", "gender"})


@dataclass(frozen=True)
class Fielded:
    """One wave in which a question was asked. first, last: the days of it that lie in the report."""

    number: int
    title: str
    version: int
    first: date
    last: date


@dataclass(frozen=True)
class Asked:
    """One wording of one question, over all waves that used it. counts: (option, flagged) -> responses, with each
    base under ANSWERED. places: name -> answers there. flagged: flagged responses, answered or not."""

    question: Question
    waves: tuple[Fielded, ...]
    counts: Mapping[tuple[str, int], int]
    missing: Missing
    flagged: int
    places: Mapping[str, int]
    nowhere: int

    @property
    def base(self) -> int:
        return self.count(ANSWERED)

    def count(self, *options: str, unflagged: bool = False) -> int:
        """How many chose one of these options; of a single choice, so that nobody is counted twice."""
        return sum(
            self.counts.get((option, flagged), 0) for option in options for flagged in ((0,) if unflagged else (0, 1))
        )

    @property
    def wording(self) -> str:
        return self.question.wording["en"].replace("{place}", "[the place]")

    def printable(self, *, unflagged: bool = False) -> Options:
        """Its counts as they are printed together, the sums that sentences need among them."""
        counts = {key: self.count(key, unflagged=unflagged) for key, _ in self.options()}
        sums = {
            "+".join(options): frozenset(options)
            for options in SUMS.get(self.question.key, ())
            if counts.keys() >= set(options)
        }
        hurt = self.sensitive | {name for name, options in sums.items() if options & self.sensitive}
        single = self.question.kind is not Kind.multiple
        return Options(counts, self.count(ANSWERED, unflagged=unflagged), sums, hurt, single)

    @property
    def sensitive(self) -> frozenset[str]:
        """Options that nobody may read all of a group have chosen."""
        whole = self.question.sensitive is not None or self.question.attribute in _PEOPLE
        return frozenset(option.key for option in self.question.options if whole or option.harm)

    def options(self) -> list[tuple[str, str]]:
        """(key, label) of the answers in the questionnaire's order, then what else was answered."""
        known = [(o.key, text_in(o.label, "en")) for o in self.question.options if not o.missing]
        keys = {key for key, _ in known}
        more = sorted({option for option, _ in self.counts} - keys - {ANSWERED})
        return known + [(key, key) for key in more if self.count(key)]


@dataclass(frozen=True)
class Gathered:
    """Everything the section says, counted. asked: question -> its wordings, newest first; a question nobody has
    answered is there too. responses: those counted. left_out_*: those that are not. demo: all are made up."""

    survey: str
    first: date
    last: date
    asked: Mapping[str, tuple[Asked, ...]]
    responses: int
    flagged: int
    left_out_flagged: int
    left_out_demo: int
    demo: bool

    def newest(self, key: str) -> Asked | None:
        """The newest wording that anyone answered; None when nobody did."""
        return next((asked for asked in self.asked.get(key, ()) if asked.base), None)


def folded(asked: Asked) -> Asked:
    """An age question as reports print it: one band from 13 to 17; the rest is unchanged."""
    if asked.question.key != AGE:
        return asked
    counts: Counter[tuple[str, int]] = Counter()
    for (option, flagged), n in asked.counts.items():
        counts[TEENS if option in _TEENS_FROM else option, flagged] += n
    return _with(asked, counts, _folded_options(asked.question.options, asked.count("under_13")))


def _folded_options(options: Iterable[Option], under_13: int) -> tuple[Option, ...]:
    kept = [o for o in options if o.key not in _TEENS_FROM and (o.key != "under_13" or under_13)]
    teens = Option(TEENS, {"en": "13 to 17"})
    at = 1 if under_13 else 0
    return (*kept[:at], teens, *kept[at:])


def _with(asked: Asked, counts: Mapping[tuple[str, int], int], options: tuple[Option, ...]) -> Asked:
    return replace(asked, counts=counts, question=replace(asked.question, options=options))

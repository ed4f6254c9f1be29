"""What people answered, live, for signed-in analysts and the command line: one question, by one thing at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from community.insights import hiding, made_up, queries, tabulating, unsplit
from community.insights.service import grouping, selection
from community.insights.service.grouping import Everyone
from community.insights.service.selection import PlaceRow
from community.insights.spans import Part, split
from community.insights.tabulating import Counts, Row
from community.surveys import queries as surveys_queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import ATTRIBUTES, Question, wording
from community.surveys.tallies import ANSWERED

ALL = "all"
OF_PLACES = ("place", "area", "ward", "poster")


@dataclass(frozen=True)
class Results:
    """A table with all that must travel with it. first, last: London days. places: slugs. notes: sentences for whoever
    reads on, such as that a wave asked in other words. made_up: how many of those counted are demonstration answers;
    all_made_up: they and nobody else."""

    survey: str
    wave: int
    question: str
    wording: str
    version: int
    by: str | None
    first: date | None
    last: date | None
    places: tuple[str, ...]
    flagged: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    made_up: int = 0
    all_made_up: bool = False

    def document(self) -> dict[str, Any]:
        """The JSON document of design, section 5."""
        return {
            "survey": self.survey,
            "wave": self.wave,
            "question": self.question,
            "wording": self.wording,
            "version": self.version,
            "by": self.by,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "places": list(self.places),
            "flagged": self.flagged,
            "rows": [{"group": row.group, "option": row.option, **asdict(row.figures)} for row in self.rows],
        }


@dataclass(frozen=True)
class _Asked:
    """One wave's answers to the question, in the filter. made_up: the demonstration answers among everyone."""

    fielding: Fielding
    question: Question
    parts: tuple[Part, ...]
    everyone: Everyone
    made_up: Everyone


@dataclass(frozen=True)
class Answers:
    """The answers to one question in a filter, to be split by one thing after the other. start, end: the days asked
    for. asked: waves, latest opening first; one, unless they are to be set beside each other."""

    survey: str
    here: selection.Where
    places: dict[int, PlaceRow]
    start: date | None
    end: date | None
    asked: tuple[_Asked, ...]

    @cached_property
    def shown(self) -> _Asked:
        """The latest wave with answers, else the latest."""
        return next((one for one in self.asked if one.everyone.base), self.asked[0])

    @property
    def fielding(self) -> Fielding:
        return self.shown.fielding

    @property
    def question(self) -> Question:
        return self.shown.question

    @cached_property
    def met(self) -> Counter[int]:
        """Flagged 0 or 1 -> responses that met the question: an answer, or why there is none."""
        found: Counter[int] = Counter()
        for one in self.asked:
            found.update(one.everyone.met)
            found.update(queries.without_answer(one.fielding.wave_id, one.question.key, one.parts, self.here.place_ids))
        return found

    @cached_property
    def days(self) -> tuple[date | None, date | None]:
        """First and last: as asked for, else the first and last with answers."""
        first = self.start or min(_days(self.asked, self.here, latest=False), default=None)
        last = self.end or max(_days(self.asked, self.here, latest=True), default=None)
        return first, last

    def by(self, by: str | None) -> Results:
        """Split by groups of one thing; None: everyone. by: known, see `selection.breakdown`."""
        shown, here = self.shown, self.here
        if by is None or by == "wave":
            table = _of_everyone(self.asked, by)
        else:
            table = grouping.groups(
                by, fielding=shown.fielding, question=shown.question, parts=shown.parts, here=here, places=self.places,
                everyone=shown.everyone, days=split(self.start, self.end, None),
            )  # fmt: skip
        first, last = self.days
        counted = self.asked if by == "wave" else (shown,)
        base, demo = sum(one.everyone.base for one in counted), sum(one.made_up.base for one in counted)
        said = (
            *_other_words(self.asked, shown),
            unsplit.note(shown.question, table.options),
            made_up.note(demo, base, flagged=sum(one.made_up.flagged for one in counted)),
        )
        return Results(
            survey=self.survey,
            wave=shown.fielding.number,
            question=shown.question.key,
            wording=wording_at(shown.question, here.name if here.kind == "place" else None),
            version=shown.fielding.version,
            by=by,
            first=first,
            last=last,
            places=tuple(p.slug for p in self.places.values() if any(one.everyone.at(p.id) for one in self.asked)),
            flagged=self.met[1],
            rows=_hidden(table, by, shown.question, here),
            notes=tuple(note for note in said if note),
            made_up=demo,
            all_made_up=0 < demo == base,
        )


def results(
    survey: str, *, question: str | None = None, by: str | None = None, place: str | None = None,
    wave: int | None = None, first: str | date | None = None, last: str | date | None = None,
) -> Results:  # fmt: skip
    """How many chose each option, by groups of `by`, or of all. Nothing raw is read. See `ask`."""
    by = selection.breakdown(by)
    found = ask(survey, question=question, place=place, wave=wave, first=first, last=last, all_waves=by == "wave")
    return found.by(by)


def ask(
    survey: str, *, question: str | None = None, place: str | None = None, wave: int | None = None,
    first: str | date | None = None, last: str | date | None = None, all_waves: bool = False,
) -> Answers:  # fmt: skip
    """The answers to a question, in a filter.

    question: default, the opening question of the latest wave. wave: default, the latest-opening wave with answers to
    the question in the filter, else the latest; all of them, joined by the question's key, when all_waves.
    place: slug of a place or area, or a ward's code. first, last: London days, both included. Raises UserError."""
    start, end = selection.stretch(first, last)
    places = selection.every_place()
    here = selection.where(place, places)
    pairs = selection.asking(selection.fieldings(survey, wave), question)
    parts = split(start, end, surveys_queries.closed_before())
    return Answers(survey, here, places, start, end, tuple(_ask(pairs, parts, here, all_waves=all_waves)))


def wording_at(question: Question, place: str | None) -> str:
    """The English wording with the place's name in it; the place stays open when there is not one."""
    return wording(question, "en", place) if place else question.wording["en"]


def _ask(
    pairs: Sequence[tuple[Fielding, Question]], parts: tuple[Part, ...], here: selection.Where, *, all_waves: bool
) -> list[_Asked]:
    """Every wave that asks the question; or the first of them that has answers; or the first of them."""
    found: list[_Asked] = []
    for fielding, question in pairs:
        sums = queries.sums_by_place_and_group(fielding.wave_id, "channel", question.key, parts, here.place_ids)
        everyone, demo = _by_place(sums), _by_place({k: n for k, n in sums.items() if k[1] == made_up.CHANNEL})
        one = _Asked(fielding, question, parts, Everyone.of(everyone, question), Everyone.of(demo, question))
        if not all_waves and one.everyone.base:
            return [one]
        found.append(one)
    return found if all_waves else found[:1]


def _by_place(sums: Mapping[tuple[int, str, str, int], int]) -> queries.Sums:
    """Sums by place and way of answering, put together by place."""
    found: queries.Sums = Counter()
    for (place_id, _, option, flagged), n in sums.items():
        found[str(place_id), option, flagged] += n
    return found


def _of_everyone(asked: Sequence[_Asked], by: str | None) -> grouping.Table:
    counts: Counts = Counter()
    for one in asked:
        group = str(one.fielding.number) if by == "wave" else ALL
        for (option, flagged), n in one.everyone.answers.items():
            counts[group, option, flagged] += n
    names = [ALL] if by is None else [str(number) for number in sorted(one.fielding.number for one in asked)]
    options = tabulating.options_of([one.question for one in asked], (option for _, option, _ in counts))
    return grouping.Table(counts, tuple(names), options)


def _days(asked: Sequence[_Asked], here: selection.Where, *, latest: bool) -> list[date]:
    """The first or last day with answers in each wave."""
    find = queries.last_day if latest else queries.first_day
    days = []
    for one in asked:
        real = {option for option, _ in one.everyone.answers if option != ANSWERED}
        day = find(one.fielding.wave_id, one.question.key, real, one.parts, here.place_ids) if real else None
        days += [day] if day else []
    return days


def _hidden(table: grouping.Table, by: str | None, question: Question, here: selection.Where) -> tuple[Row, ...]:
    """The rows with what is too small taken out."""
    crossed = hiding.is_crossed(
        [hiding.PLACE] * (by in OF_PLACES or here.kind is not None) + [by or "", question.attribute or ""]
    )
    shown = []
    for row in unsplit.without_shares(tabulating.rows(table.counts, table.groups, table.options), question):
        children = here.children or row.group in table.children
        figures = row.figures
        if children and 0 < (figures.base or 0) < hiding.LEAST_BASE_CHILDREN:
            figures = hiding.hide_all(figures)
        elif crossed or children:
            people = [row.group] * (by in ATTRIBUTES) + [row.option] * (question.attribute is not None)
            figures = hiding.hide(figures, hiding.least_shown(people, children=children))
        shown.append(Row(row.group, row.option, figures))
    return tuple(shown)


def _other_words(asked: Sequence[_Asked], shown: _Asked) -> list[str]:
    """A sentence for each wave that asked the question in other words or with other answers."""
    notes = []
    for one in asked:
        theirs, ours = one.question, shown.question
        if theirs.wording["en"] != ours.wording["en"]:
            notes.append(f"Wave {one.fielding.number} asked in other words: {theirs.wording['en']}")
        if [o.key for o in theirs.options] != [o.key for o in ours.options]:
            notes.append(f"Wave {one.fielding.number} had other answers to choose from.")
    return notes

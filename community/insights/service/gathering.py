"""Counting all that the needs assessment's section says, over every wave with answers in its days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from community.insights import queries, tabulating
from community.insights.assessed import Asked, Fielded, Gathered
from community.insights.missing_kinds import Missing, kinds_of_missing
from community.insights.sentences import long_date
from community.insights.service import selection
from community.insights.spans import split
from community.shared.errors import UserError
from community.surveys import queries as surveys_queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind, Question
from community.surveys.service import waves
from community.surveys.tallies import ANSWERED, NO_PLACE, is_mark


class NothingToSay(UserError):
    """Nobody answered in these days."""


@dataclass(frozen=True)
class _WaveCounts:
    """One wave in the report's days. counts: (question, place id, option or mark, flagged) -> responses; marks have no
    place. responses: those counted."""

    fielding: Fielding
    counts: Counter[tuple[str, int, str, int]]
    responses: int


def gather(survey: str, first: date, last: date, *, released: bool) -> Gathered:
    """What was answered from first to last, both included. Demonstration answers count only where there are no others,
    and never in the released form; flagged ones count in the exact form alone. Raises NothingToSay."""
    found = waves.waves_of(survey)
    totals = {fielding.wave_id: queries.responses(fielding.wave_id, first, last) for fielding in found}
    everything: Counter[tuple[int, bool]] = sum(totals.values(), Counter())
    real = sum(n for (_, demo), n in everything.items() if not demo)
    made_up = everything.total() - real
    if real == 0 and (released or made_up == 0):
        raise NothingToSay(_nothing(survey, first, last, made_up))
    demo = real == 0
    flags = (0,) if released else (0, 1)
    counted = [
        _count(fielding, first, last, demo=demo, flags=flags, responses=responses, subtract=bool(made_up))
        for fielding in found
        if (responses := sum(totals[fielding.wave_id][flagged, demo] for flagged in flags))
    ]
    if not counted:
        raise NothingToSay(
            f"Every answer from {long_date(first)} to {long_date(last)} is flagged, so none is released."
        )
    return Gathered(
        survey=survey,
        first=first,
        last=last,
        asked=_by_wording(counted, first, last),
        responses=sum(one.responses for one in counted),
        flagged=everything[1, demo],
        left_out_flagged=everything[1, demo] if released else 0,
        left_out_demo=0 if demo else made_up,
        demo=demo,
    )


def _count(
    fielding: Fielding, first: date, last: date, *, demo: bool, flags: Sequence[int], responses: int, subtract: bool
) -> _WaveCounts:
    parts = split(first, last, surveys_queries.closed_before())
    ids = (NO_PLACE, *selection.every_place())
    keys = [q.key for q in fielding.questionnaire.questions if q.kind is not Kind.text]
    counts = queries.sums_by_place(fielding.wave_id, keys, parts, ids, demo=demo)
    marks = Counter(
        {
            key: n
            for key, n in queries.sums_of_questions(fielding.wave_id, "daypart", keys, parts, ids).items()
            if is_mark(key[1])
        }
    )
    if subtract:
        made_up = queries.demo_marks(fielding.wave_id, first, last)
        marks = made_up if demo else marks - made_up
    for (question, mark, flagged), n in marks.items():
        counts[question, NO_PLACE, mark, flagged] += n
    return _WaveCounts(fielding, Counter({key: n for key, n in counts.items() if key[3] in flags}), responses)


def _by_wording(counted: Sequence[_WaveCounts], first: date, last: date) -> dict[str, tuple[Asked, ...]]:
    """Question -> its wordings, newest first; questions in the newest wave's order. Waves that asked in the same words,
    with the same answers to choose from, are added up; others never."""
    names = {place.id: place.name for place in selection.every_place().values()}
    alike: dict[str, dict[object, list[tuple[_WaveCounts, Question]]]] = {}
    for one in counted:
        for question in one.fielding.questionnaire.questions:
            if question.kind is not Kind.text:
                same = alike.setdefault(question.key, {})
                same.setdefault(_wording_of(question), []).append((one, question))
    return {
        key: tuple(_asked(group, names, first, last) for group in wordings.values()) for key, wordings in alike.items()
    }


def _wording_of(question: Question) -> object:
    options = tuple((option.key, option.label["en"], option.missing) for option in question.options)
    return question.kind, question.wording["en"], options


def _asked(group: Sequence[tuple[_WaveCounts, Question]], names: dict[int, str], first: date, last: date) -> Asked:
    question = group[0][1]
    everyone: tabulating.Counts = Counter()
    by_option: list[tuple[Counter[str], int]] = []
    places: Counter[str] = Counter()
    nowhere = 0
    for one, _ in group:
        options: Counter[str] = Counter()
        here: tabulating.Counts = Counter()
        for (key, place_id, option, flagged), n in one.counts.items():
            if key == question.key:
                options[option] += n
                here[str(place_id), option, flagged] += n
        by_option.append((options, one.responses))
        for (place, option, flagged), n in tabulating.answers(here, question).items():
            everyone["", option, flagged] += n
            if option == ANSWERED and int(place) in names:
                places[names[int(place)]] += n
            elif option == ANSWERED:
                nowhere += n
    return Asked(
        question=question,
        waves=tuple(_fielded(one.fielding, first, last) for one, _ in reversed(group)),
        counts={(option, flagged): n for (_, option, flagged), n in everyone.items()},
        missing=_added(kinds_of_missing(question, options, responses) for options, responses in by_option),
        flagged=_flagged((one.counts for one, _ in group), question),
        places=places,
        nowhere=nowhere,
    )


def _fielded(fielding: Fielding, first: date, last: date) -> Fielded:
    ends = min(fielding.closes_on, last) if fielding.closes_on else last
    return Fielded(fielding.number, fielding.title, fielding.version, max(fielding.opens_on, first), ends)


def _flagged(counts: Iterable[Counter[tuple[str, int, str, int]]], question: Question) -> int:
    """Flagged responses that met the question; of several choices, only the base counts them once."""
    none = {option.key for option in question.options if option.missing}
    return sum(
        n
        for wave in counts
        for (key, _, option, flagged), n in wave.items()
        if key == question.key
        and flagged
        and (question.kind is not Kind.multiple or option == ANSWERED or option in none or is_mark(option))
    )


def _added(kinds: Iterable[Missing]) -> Missing:
    first, *rest = kinds
    numbers = [f.name for f in fields(Missing) if f.name != "question"]
    return Missing(first.question, *(sum(getattr(one, name) for one in (first, *rest)) for name in numbers))


def _nothing(survey: str, first: date, last: date, made_up: int) -> str:
    words = f"Nobody answered {survey!r} from {long_date(first)} to {long_date(last)}."
    if made_up:
        return f"{words} There are {made_up} demonstration answers, which are never released."
    known = queries.answered_between(survey)
    return f"{words} It has answers from {known[0]} to {known[1]}." if known else f"{words} It has no answers yet."

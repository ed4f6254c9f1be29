"""Splitting the answers to one question of one wave by one thing: a place, a poster, an age, a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from community.insights import queries, tabulating
from community.insights.queries import Sums
from community.insights.service.selection import PlaceRow, Where
from community.insights.spans import Part, monday_of
from community.insights.tabulating import Counts
from community.places.kinds import CHILDREN_GATHER
from community.shared.clock import Daypart
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind, Question
from community.surveys.tallies import ANSWERED, NO_POSTER

NOT_KNOWN: Final = "not known"
NO: Final = {"place": "no place", "area": "no area", "ward": "no ward", "poster": "no poster"}
"""What a group is called for answers that have none."""
CHANNELS: Final = ("web", "sms", "whatsapp", "paper", "import", "demo")


@dataclass(frozen=True)
class Everyone:
    """All answers to a question in a filter. by_place: (place id, option, flagged) -> responses, answers and bases
    only. met: flagged 0 or 1 -> responses that chose something, also to rather not say."""

    by_place: Mapping[tuple[int, str, int], int]
    met: Mapping[int, int]

    @classmethod
    def of(cls, counts: Sums, question: Question) -> Everyone:
        """From sums by place. Of someone's several choices only the base counts them once."""
        none = {option.key for option in question.options if option.missing}
        several = question.kind is Kind.multiple
        met: Counter[int] = Counter()
        for (_, option, flagged), n in counts.items():
            if not several or option == ANSWERED or option in none:
                met[flagged] += n
        kept = tabulating.answers(counts, question)
        return cls({(int(place), option, is_flagged): n for (place, option, is_flagged), n in kept.items()}, met)

    @property
    def answers(self) -> Counter[tuple[str, int]]:
        """(option, flagged) -> responses, everywhere."""
        found: Counter[tuple[str, int]] = Counter()
        for (_, option, flagged), n in self.by_place.items():
            found[option, flagged] += n
        return found

    @property
    def base(self) -> int:
        return sum(n for (option, _), n in self.answers.items() if option == ANSWERED)

    @property
    def flagged(self) -> int:
        """How many of the base are flagged."""
        return self.answers[ANSWERED, 1]

    def at(self, place_id: int) -> int:
        """How many answered at a place."""
        return sum(self.by_place.get((place_id, ANSWERED, flagged), 0) for flagged in (0, 1))


@dataclass(frozen=True)
class Table:
    """What is to be shown, in order. counts: answers. children: groups that are mostly children's (a school)."""

    counts: Counts
    groups: tuple[str, ...]
    options: tuple[str, ...]
    children: frozenset[str] = field(default_factory=frozenset)


def groups(
    by: str, *, fielding: Fielding, question: Question, parts: Sequence[Part], days: Sequence[Part], here: Where,
    places: Mapping[int, PlaceRow], everyone: Everyone,
) -> Table:  # fmt: skip
    """The answers by place, area, ward, poster, date, week, daypart, channel or an attribute. parts: rows to read;
    days: the same stretch without month rows, for dates and weeks."""
    if by in ("place", "area", "ward"):
        return _by_places(by, question, places, everyone)
    if by in ("date", "week"):
        raw = queries.sums(fielding.wave_id, "channel", question.key, days, here.place_ids, per="day")
    else:
        raw = queries.sums(fielding.wave_id, by, question.key, parts, here.place_ids, per="group")
    counts = tabulating.answers(raw, question)
    if by == "poster":
        return _by_posters(counts, question)
    names: tuple[str, ...]
    if by == "week":
        counts = _by_weeks(counts)
    if by in ("date", "week"):
        names = tuple(sorted(_found(counts)))
    elif by == "daypart":
        # Older files do not always say when in the day; their rows hold an empty daypart.
        counts = Counter({(part or NOT_KNOWN, option, flagged): n for (part, option, flagged), n in counts.items()})
        names = tabulating.in_order(tuple(Daypart), _found(counts))
    elif by == "channel":
        names = tuple(channel for channel in CHANNELS if channel in _found(counts))
    else:
        counts, names = _by_attribute(by, fielding, counts, everyone)
    return _table(counts, names, question)


def _by_attribute(
    attribute: str, fielding: Fielding, counts: Counts, everyone: Everyone
) -> tuple[Counts, tuple[str, ...]]:
    """With those whose group is not known: everyone less the groups, where nobody is in two of them."""
    asks = next((q for q in fielding.questionnaire.attribute_questions if q.attribute == attribute), None)
    names = tabulating.groups_of(asks, _found(counts)) if asks else ()
    if asks is None or asks.kind is not Kind.multiple:
        all_ = Counter({("", option, flagged): n for (option, flagged), n in everyone.answers.items()})
        rest = tabulating.everyone_but(all_, counts, NOT_KNOWN)
        counts = counts + rest
        names += (NOT_KNOWN,) if rest else ()
    return counts, names


def _by_weeks(counts: Counts) -> Counts:
    """Days put together by the Monday that begins their week."""
    weeks: Counts = Counter()
    for (day, option, flagged), n in counts.items():
        weeks[monday_of(date.fromisoformat(day)).isoformat(), option, flagged] += n
    return weeks


def _by_places(by: str, question: Question, places: Mapping[int, PlaceRow], everyone: Everyone) -> Table:
    """Groups in the order of their names. A place in two areas counts in both; inside a filter by area, places stay
    under every area they are in."""
    order: list[str] = []
    of_place: dict[int, list[str]] = {}
    if by == "area":
        for slug, _, place_id in queries.areas():
            order.append(slug)
            if place_id is not None:
                of_place.setdefault(place_id, []).append(slug)
    elif by == "ward":
        order = [code for code, _ in queries.wards()]
        of_place = {place.id: [place.ward_code] for place in places.values() if place.ward_code}
    else:
        order = [place.slug for place in places.values()]
        of_place = {place.id: [place.slug] for place in places.values()}
    counts: Counts = Counter()
    for (place_id, option, flagged), n in everyone.by_place.items():
        for group in of_place.get(place_id, [NO[by]]):
            counts[group, option, flagged] += n
    found = _found(counts)
    names = tuple(dict.fromkeys(group for group in [*order, NO[by]] if group in found))
    schools = {p.slug for p in places.values() if p.kind in CHILDREN_GATHER} if by == "place" else set()
    return _table(counts, names, question, frozenset(schools))


def _by_posters(counts: Counts, question: Question) -> Table:
    """Groups are codes, in order; the tallies know posters by their ids."""
    known = queries.posters([int(group) for group in _found(counts) if group != NO_POSTER])
    code = {str(id): code for id, code, _, _ in known} | {NO_POSTER: NO["poster"]}
    named: Counts = Counter()
    for (group, option, flagged), n in counts.items():
        named[code[group], option, flagged] += n
    found = _found(named)
    names = [c for _, c, _, _ in known] + [NO["poster"]] * (NO["poster"] in found)
    schools = {c for _, c, kind, at in known if kind == "school_session" or at in CHILDREN_GATHER}
    return _table(named, tuple(names), question, frozenset(schools))


def _table(counts: Counts, names: tuple[str, ...], question: Question, children: frozenset[str] = frozenset()) -> Table:
    options = tabulating.options_of([question], (option for _, option, _ in counts))
    return Table(counts, names, options, children)


def _found(counts: Counts) -> set[str]:
    return {group for group, _, _ in counts}

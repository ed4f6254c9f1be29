"""What people wrote, masked, for analysts to read: never with anything about the writer.

Reading it is written down by whoever shows it (`record_reading`); what was read never is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from community.insights import listed_words, words_queries
from community.insights.listed_words import Group, Stretch
from community.insights.made_up import SOME_BANNER
from community.insights.service import selection
from community.insights.service.selection import PlaceRow, UnknownName, Where
from community.insights.tables import CHOSE_TO_ANSWER
from community.insights.words_queries import Which
from community.places.kinds import CHILDREN_GATHER
from community.staff import audit
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind, Question, text_in

MASKED: Final = (
    "Phone numbers, addresses and names were taken out before the words were stored, names as far as they are known. "
    "What is left may still point at somebody: do not pass it on."
)
HARM: Final = "Nobody reads these as they come in. If one tells of danger, tell your safeguarding lead today."


class NothingWritten(UnknownName):
    """The survey asks nothing that is answered in words."""


@dataclass(frozen=True)
class Section:
    """Texts that stand together. place, slug, month: None where so few wrote there then that neither is named.
    n: all of them, on this page or others."""

    place: str | None
    slug: str | None
    month: date | None
    n: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A list, or one page of it. wording: English. first, last: the days of the months asked for. least: the fewest
    that stand under a place and month, schools apart. n: texts in the whole list. notes: what goes with them. banner:
    where some of them are made up, else ""."""

    survey: str
    question: str
    wording: str
    place: str | None
    first: date | None
    last: date | None
    least: int
    n: int
    page: int
    pages: int
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    banner: str

    def document(self) -> dict[str, Any]:
        """As `responses comments --json` prints it."""
        return {
            "survey": self.survey,
            "question": self.question,
            "wording": self.wording,
            "place": self.place,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "least": self.least,
            "comments": self.n,
            "groups": [
                {
                    "place": section.slug,
                    "month": f"{section.month:%Y-%m}" if section.month else None,
                    "comments": list(section.texts),
                }
                for section in self.sections
            ],
            "notes": list(self.notes),
        }


def questions(fieldings: Sequence[Fielding]) -> dict[str, Question]:
    """Key -> the question as the latest of these waves words it, of those that are answered in words."""
    asked = [q for fielding in reversed(fieldings) for q in fielding.questionnaire.questions]
    return {q.key: q for q in asked if q.kind is Kind.text}


def words(
    survey: str, *, question: str | None = None, place: str | None = None, first: str | date | None = None,
    last: str | date | None = None, page: int | None = None,
) -> Words:  # fmt: skip
    """What was written in every wave of a survey; by default, of its first question that is answered in words. Days are
    widened to whole months. page: from 1; None: everything. With a place, only what may stand under one: the rest is
    in the list of everywhere. Raises UserError."""
    start, end = listed_words.whole_months(*selection.stretch(first, last))
    places = selection.every_place()
    here = selection.where(place, places)
    fieldings = selection.fieldings(survey, None)
    asked = _question(fieldings, question, survey)
    waves = [f for f in fieldings if f.questionnaire.has_question(asked.key)]
    which = Which([f.wave_id for f in waves], asked.key, _ages(waves, asked.key), _ids(here), start, end)
    counted = words_queries.counts(which)
    groups = [Group(place_id, date(year, month, 1), n) for place_id, year, month, n, _, _ in counted]
    least = {p.id: listed_words.least_listed(asked, children=p.kind in CHILDREN_GATHER) for p in places.values()}
    named = _in_order(listed_words.large_enough(groups, least), places)
    others = 0 if here.kind else sum(group.n for group in groups) - sum(group.n for group in named)
    n = sum(group.n for group in named) + others
    pages = listed_words.pages_of(n)
    page = page and min(max(page, 1), pages)
    flagged, invented = (sum(row[i] for row in counted) for i in (4, 5))
    return Words(
        survey=survey,
        question=asked.key,
        wording=text_in(asked.wording, "en"),
        place=here.name,
        first=start,
        last=end,
        least=listed_words.least_listed(asked, children=False),
        n=n,
        page=page or 1,
        pages=pages if page else 1,
        sections=tuple(
            _section(which, stretch, named, others, places) for stretch in listed_words.stretches(named, others, page)
        ),
        notes=_notes(asked, waves, here, flagged=flagged, invented=invented),
        banner=SOME_BANNER if invented else "",
    )


def record_reading(survey: str, asked: Mapping[str, str]) -> None:
    """Note in the audit trail that somebody reads words, and which they asked for. Flushed, not committed."""
    audit.record("words.read", survey, asked)


def _question(fieldings: Sequence[Fielding], key: str | None, survey: str) -> Question:
    known = questions(fieldings)
    if not known:
        raise NothingWritten(f"{survey!r} asks no question that is answered in words.")
    if key is not None and key not in known:
        raise UnknownName(f"{key[:60]!r} is not answered in words here. Questions that are: {', '.join(known)}.")
    return known[key] if key else next(iter(known.values()))


def _ages(waves: Sequence[Fielding], key: str) -> tuple[str, ...]:
    """The bands that every wave would have asked: the strictest counts."""
    allowed = [listed_words.ages_of(fielding.questionnaire.question(key)) for fielding in waves]
    return tuple(band for band in allowed[0] if all(band in one for one in allowed))


def _ids(here: Where) -> tuple[int, ...] | None:
    return here.place_ids if here.kind else None


def _in_order(groups: Sequence[Group], places: Mapping[int, PlaceRow]) -> list[Group]:
    """By the names of their places, then by month."""
    order = {id: at for at, id in enumerate(places)}
    return sorted(groups, key=lambda group: (order[group.place_id], group.month))


def _section(
    which: Which, stretch: Stretch, named: Sequence[Group], others: int, places: Mapping[int, PlaceRow]
) -> Section:
    group = stretch.group
    if group is None:
        keys = [(one.place_id, one.month) for one in named]
        found = words_queries.other_texts(which, keys, skip=stretch.skip, take=stretch.take)
        return Section(None, None, None, others, tuple(found))
    place = places[group.place_id]
    found = words_queries.texts(which, place_id=group.place_id, month=group.month, skip=stretch.skip, take=stretch.take)
    return Section(place.name, place.slug, group.month, group.n, tuple(found))


def _notes(asked: Question, waves: Sequence[Fielding], here: Where, *, flagged: int, invented: int) -> tuple[str, ...]:
    mine = asked.wording["en"]
    least = listed_words.least_listed(asked, children=False)
    said = [
        f"Note: {asked.report_note}." if asked.report_note else "",
        *(
            f"Wave {one.number} asked in other words: {theirs}"
            for one in waves
            if (theirs := one.questionnaire.question(asked.key).wording["en"]) != mine
        ),
        CHOSE_TO_ANSWER,
        MASKED,
        f"A place and month are named where {least} people or more wrote there then, at a school 30.",
        "What fewer wrote is in the list of everywhere, without a place." if here.kind else "",
        f"{flagged} came with flagged answers." if flagged and not here.kind else "",
        f"{invented} are made up, for demonstration." if invented and not here.kind else "",
        HARM,
    ]
    return tuple(note for note in said if note)

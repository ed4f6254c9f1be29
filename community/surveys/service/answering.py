"""Saving what a respondent just sent: once, whole, and counted in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from community.shared.clock import days_before
from community.shared.masking import clean, mask
from community.support.harm import topics_in
from community.surveys import queries
from community.surveys.fielding import Fielding
from community.surveys.flags import Flag, hourly_limit, too_fast
from community.surveys.questionnaire import SKIPPED, WRITTEN, Kind, Question
from community.surveys.routing import Answers, check_answer, screen_questions, settled
from community.surveys.service import storing
from community.surveys.tallies import Snapshot

UNDER_13 = "under_13"
MEAN_DAYS = 28


class WaveClosed(Exception):
    """The wave takes no new responses on this day."""


class AnswersDeleted(Exception):
    """The response was withdrawn, or was a child's under 13: it does not come back."""


class NothingToGoOn(Exception):
    """A later page of a response that is not there."""


@dataclass(frozen=True)
class Arrival:
    """What is known of a submission besides the answers. burst: whether it comes beyond its
    poster's limit for the hour. elapsed_ms: since the first page was made."""

    id: bytes
    poster_id: int | None
    place_id: int | None
    channel: str
    language: str
    on: date
    daypart: str
    burst: bool
    elapsed_ms: int


@dataclass(frozen=True)
class Saved:
    """How a response stands after a save. harm: help topics that what was just sent calls for.
    deleted: the respondent is under 13, and nothing of the response is left. is_new: this save made the response."""

    answers: Answers
    harm: frozenset[str]
    deleted: bool = False
    is_new: bool = False


def save(fielding: Fielding, arrival: Arrival, screen: str, submitted: Mapping[str, Sequence[str]]) -> Saved:
    """Store the answers of one screen and move the tallies; flushed, not committed.

    submitted: question -> values as sent; a question of the screen that is absent was skipped. The opening screen
    makes the response; the same id again changes it. Raises BadAnswer, WaveClosed, AnswersDeleted, NothingToGoOn."""
    questionnaire = fielding.questionnaire
    opening = questionnaire.screens[0].key == screen
    before = None
    if opening:
        if not fielding.is_open(arrival.on):
            raise WaveClosed(fielding.wave_id)
        checked = _check(questionnaire.opening, submitted, {})
        before, after = _first(fielding, arrival)
    else:
        before = queries.snapshot(arrival.id, lock=True)
        if before is None:
            raise AnswersDeleted if queries.is_deleted(arrival.id) else NothingToGoOn
        after = before
        checked = ({}, {}, frozenset())
        for question in screen_questions(questionnaire, questionnaire.screen(screen), before.answers):
            more = _check(question, submitted, before.answers)
            checked = ({**checked[0], **more[0]}, {**checked[1], **more[1]}, checked[2] | more[2])
    given, comments, harm = checked
    if any(UNDER_13 in given.get(question, ()) for question in fielding.counting.attributes):
        storing.delete_response(arrival.id, arrival.on)
        storing.move_tallies(before, None, fielding.counting, today=arrival.on)
        return Saved({}, frozenset(), deleted=True)
    answers = settled(questionnaire, {**after.answers, **given}, reached=screen)
    flags = after.flags
    if too_fast(arrival.elapsed_ms, sum(1 for options in answers.values() if not options[0].startswith("_"))):
        flags |= Flag.TOO_FAST
    if flags != after.flags:
        storing.raise_flags(arrival.id, flags)
    after = replace(after, answers=answers, flags=flags)
    storing.write_answers(arrival.id, before.answers if before else {}, answers)
    if comments:
        storing.write_comments(arrival.id, comments)
    storing.move_tallies(before, after, fielding.counting, today=arrival.on)
    return Saved(answers, harm, is_new=before is None)


def burst_limit(fielding: Fielding, poster_id: int, on: date) -> int:
    """Responses in one hour at a poster beyond which the excess is flagged; see `flags.hourly_limit`."""
    opening = fielding.questionnaire.opening.key
    count = queries.responses_at_poster(fielding.wave_id, opening, poster_id, days_before(on, MEAN_DAYS))
    return hourly_limit(count / (MEAN_DAYS * 24))


def _first(fielding: Fielding, arrival: Arrival) -> tuple[Snapshot | None, Snapshot]:
    """(the response as it stood, as it is now without the new answers); makes its row when there is none."""
    fresh = Snapshot(
        fielding.wave_id,
        arrival.poster_id,
        arrival.place_id,
        arrival.on,
        arrival.daypart,
        arrival.channel,
        _first_flags(arrival),
        {},
    )
    if not storing.insert_response(arrival.id, fresh, arrival.language):
        stored = queries.snapshot(arrival.id, lock=True)
        if stored is None:
            raise AnswersDeleted
        return stored, stored
    if queries.is_deleted(arrival.id):
        raise AnswersDeleted
    return None, fresh


def _first_flags(arrival: Arrival) -> int:
    return (Flag.TOO_FAST if too_fast(arrival.elapsed_ms, 1) else 0) | (Flag.BURST if arrival.burst else 0)


_Checked = tuple[dict[str, tuple[str, ...]], dict[str, str | None], frozenset[str]]


def _check(question: Question, submitted: Mapping[str, Sequence[str]], answers: Answers) -> _Checked:
    """({question: options}, {question: masked words or None}, help topics). Raises BadAnswer."""
    values = [value for value in submitted.get(question.key, ()) if value.strip()]
    if question.kind is Kind.text:
        words = clean(" ".join(values), question.max_length or 500)
        mark = WRITTEN if words else SKIPPED
        return {question.key: (mark,)}, {question.key: mask(words).text if words else None}, topics_in(words)
    if not values:
        return {question.key: (SKIPPED,)}, {}, frozenset()
    chosen = check_answer(question, values, answers)
    harm = frozenset(o.harm for o in question.options if o.harm and o.key in chosen)
    return {question.key: chosen}, {}, harm

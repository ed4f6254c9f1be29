"""Saving what a respondent just sent: once, whole, and counted in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from community.places.service import places
from community.shared.clock import days_before
from community.shared.masking import clean, mask
from community.support.harm import topics_in
from community.surveys import queries
from community.surveys.fielding import Fielding
from community.surveys.flags import Flag, hourly_limit, too_fast
from community.surveys.questionnaire import SKIPPED, WRITTEN, Kind, Question
from community.surveys.routing import AnswerProblem, Answers, BadAnswer, check_answer, screen_questions, settled
from community.surveys.service import storing, waves
from community.surveys.tallies import Snapshot

UNDER_13 = "under_13"
MEAN_DAYS = 28
LONGEST_TEXT = 500


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


def save(
    fielding: Fielding,
    arrival: Arrival,
    screen: str,
    submitted: Mapping[str, Sequence[str]],
    *,
    shown: Collection[str] | None = None,
) -> Saved:
    """Store the answers of one screen and move the tallies; flushed, not committed, but for the opening screen's new
    response, which is a transaction of its own (docs/decisions/0007).

    submitted: question -> values as sent; a question of the screen that is absent was skipped. shown: the questions
    that were, where they are not all of the screen's: the others stay as they are. The opening screen
    makes the response; the same id again changes it. Raises BadAnswer, WaveClosed, AnswersDeleted, NothingToGoOn."""
    if fielding.questionnaire.screens[0].key == screen:
        return _open(fielding, arrival, submitted)
    stored = queries.snapshot(arrival.id, lock=True)
    if stored is None:
        raise AnswersDeleted if queries.is_deleted(arrival.id) else NothingToGoOn
    questions = screen_questions(fielding.questionnaire, fielding.questionnaire.screen(screen), stored.answers)
    given, comments, harm = {}, {}, frozenset[str]()
    for question in questions:
        if shown is not None and question.key not in shown:
            continue
        answer, words, topics = _check(question, submitted, stored.answers)
        given[question.key], harm = answer, harm | topics
        if question.kind is Kind.text:
            comments[question.key] = words
    if any(UNDER_13 in given.get(question, ()) for question in fielding.counting.attributes):
        storing.delete_response(arrival.id, arrival.on)
        storing.move_tallies(arrival.id, stored, None, fielding.counting, today=arrival.on)
        return Saved({}, frozenset(), deleted=True)
    after = _change(fielding, arrival, screen, stored, given)
    storing.write_comments(arrival.id, comments)
    return Saved(after.answers, harm)


def _open(fielding: Fielding, arrival: Arrival, submitted: Mapping[str, Sequence[str]]) -> Saved:
    """The first tap: a new response, or another answer to the first question of one that stands."""
    if not fielding.takes_answers(arrival.on) and queries.snapshot(arrival.id) is None:
        raise WaveClosed(fielding.wave_id)  # a retry of what was counted in time is let through
    new, harm = new_response(fielding, arrival, submitted)
    try:
        storing.store_new(arrival.id, new, arrival.language, fielding.counting)
    except storing.Stands:
        stored = queries.snapshot(arrival.id, lock=True)
        if stored is None:
            raise AnswersDeleted from None
        question, screen = fielding.questionnaire.opening.key, fielding.questionnaire.screens[0].key
        return Saved(_change(fielding, arrival, screen, stored, {question: new.answers[question]}).answers, harm)
    return Saved(new.answers, harm, is_new=True)


def new_response(
    fielding: Fielding, arrival: Arrival, submitted: Mapping[str, Sequence[str]]
) -> tuple[Snapshot, frozenset[str]]:
    """(the response that a tap on the opening screen makes, help topics that it calls for); nothing is stored. Raises
    BadAnswer; AnswersDeleted for a child under 13, of whom nothing is kept."""
    question, screen = fielding.questionnaire.opening, fielding.questionnaire.screens[0].key
    answer, _, harm = _check(question, submitted, {})
    if UNDER_13 in answer:
        raise AnswersDeleted
    new = Snapshot(
        fielding.wave_id,
        arrival.poster_id,
        arrival.place_id,
        arrival.on,
        arrival.daypart,
        arrival.channel,
        _first_flags(arrival),
        settled(fielding.questionnaire, {question.key: answer}, reached=screen),
    )
    return new, harm


def _change(
    fielding: Fielding, arrival: Arrival, screen: str, stored: Snapshot, given: Mapping[str, tuple[str, ...]]
) -> Snapshot:
    """Put new answers into a stored response: rows and tallies move together. The response as it is then."""
    answers = settled(fielding.questionnaire, {**stored.answers, **given}, reached=screen)
    answered = sum(1 for options in answers.values() if not options[0].startswith("_"))
    flags = stored.flags | (Flag.TOO_FAST if too_fast(arrival.elapsed_ms, answered) else 0)
    after = replace(stored, answers=answers, flags=flags)
    if flags != stored.flags:
        storing.raise_flags(arrival.id, flags)
    storing.write_answers(arrival.id, stored.answers, answers)
    storing.write_comments(arrival.id, _no_longer_asked(stored, answers))
    storing.move_tallies(arrival.id, stored, after, fielding.counting, today=arrival.on)
    return after


def burst_limit(fielding: Fielding, poster_id: int | None, place_id: int | None, on: date) -> int:
    """Responses to a survey in one hour at a poster, or without one about a place, beyond which the excess is flagged;
    see `flags.hourly_limit`. What came in earlier waves counts too: a poster does not fall silent when one begins."""
    since = days_before(on, MEAN_DAYS)
    openings = {w.wave_id: w.questionnaire.opening.key for w in waves.open_since(since) if w.survey == fielding.survey}
    count = queries.responses_from(openings, poster_id, place_id, since)
    return hourly_limit(count / (MEAN_DAYS * 24))


def _first_flags(arrival: Arrival) -> int:
    return (Flag.TOO_FAST if too_fast(arrival.elapsed_ms, 1) else 0) | (Flag.BURST if arrival.burst else 0)


def _no_longer_asked(stored: Snapshot, answers: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """Words to take away with their mark: a change of mind, of age above all, may close the question they answered."""
    written = [question for question, options in stored.answers.items() if WRITTEN in options]
    return {question: None for question in written if WRITTEN not in answers.get(question, ())}


def topics(fielding: Fielding, screen: str, submitted: Mapping[str, Sequence[str]], answers: Answers) -> frozenset[str]:
    """Help topics that what was sent calls for, also when it cannot be stored as it is: words about harm are answered
    with help, never with an error alone. answers: the response's, which tell what this person may be asked."""
    found: set[str] = set()
    for question in screen_questions(fielding.questionnaire, fielding.questionnaire.screen(screen), answers):
        values = submitted.get(question.key, ())
        if question.kind is Kind.text:
            found |= topics_in(clean(" ".join(values), question.max_length or LONGEST_TEXT))
        found |= {option.harm for option in question.options if option.harm and option.key in values}
    return frozenset(found)


def _check(
    question: Question, submitted: Mapping[str, Sequence[str]], answers: Answers
) -> tuple[tuple[str, ...], str | None, frozenset[str]]:
    """(options, masked words if it is a text, help topics) of one question as sent. Raises BadAnswer."""
    values = [value for value in submitted.get(question.key, ()) if value.strip()]
    if question.kind is Kind.text:
        words = clean(" ".join(values), question.max_length or LONGEST_TEXT)
        return (WRITTEN,) if words else (SKIPPED,), mask(words).text if words else None, topics_in(words)
    chosen = check_answer(question, values, answers)
    if question.kind is Kind.place and chosen != (SKIPPED,):
        try:
            places.get_by_slug(chosen[0])
        except places.NoSuchPlace as exc:
            raise BadAnswer(question.key, AnswerProblem.not_a_place) from exc
    harm = frozenset(option.harm for option in question.options if option.harm and option.key in chosen)
    return chosen, None, harm

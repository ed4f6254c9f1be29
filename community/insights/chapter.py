"""The needs assessment's section as plain data: what both the web page and the Markdown file print. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from community.insights import sentences
from community.insights.assessed import Asked, Fielded, Gathered, folded
from community.insights.printed import Form, Printed
from community.insights.sentences import long_date

TITLE = "Community Voice: how safe people feel"
_ASKED_BY = {"people": "safe_in_borough", "not_safe": "safe_in_borough", "aged_13_17": "age", "aged_18_21": "age"}
"""Printed figure -> the question that asks for it, where it goes by another name."""
MOST_PLACES = 12
LEAST_AT_PLACE = 10


@dataclass(frozen=True)
class Line:
    """One row of a figure's table. unflagged: the share without flagged answers; None in the released form."""

    label: str
    count: str
    share: str
    range: str
    unflagged: str | None


@dataclass(frozen=True)
class Figure:
    """One question with all that travels with its numbers."""

    key: str
    wording: str
    asked_in: tuple[str, ...]
    note: str | None
    base: str
    places: str
    flagged: str
    missing: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class NoFigure:
    """A question without one: never a 0. why: see `sentences.why_none`."""

    key: str
    wording: str
    why: str
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """A figure printed in an earlier document beside ours."""

    says: str
    then: str
    now: str
    caution: str


@dataclass(frozen=True)
class Chapter:
    """The whole section, in order."""

    title: str
    marking: str
    marking_words: str
    demo: bool
    released: bool
    paragraphs: tuple[str, ...]
    ranking_words: str
    ranking: tuple[tuple[int | None, str, str], ...]
    figures: tuple[Figure, ...]
    no_figures: tuple[NoFigure, ...]
    comparison_words: str
    comparisons: tuple[Comparison, ...]
    comparison_notes: tuple[str, ...]
    left_out: str
    caveats: tuple[str, ...]


def build(gathered: Gathered, form: Form, facts: Mapping[str, Any]) -> Chapter:
    """The section of one period. facts: what an earlier document printed (facts/strategy_2024.yaml)."""
    exact = "Every number is as it was counted. Share it with those who may see small numbers, and with nobody else."
    rounded = (
        "Counts are rounded to the nearest 5, counts of 1 to 9 are not shown, and percentages are worked out from the "
        "rounded counts. It may be published."
    )
    ranking_words, ranking = _ranking(gathered, form)
    return Chapter(
        title=TITLE,
        marking="Released form: rounded figures" if form.released else "Exact figures: not for publication",
        marking_words=rounded if form.released else exact,
        demo=gathered.demo,
        released=form.released,
        paragraphs=(
            sentences.opening(gathered, form),
            sentences.here(gathered, form),
            sentences.day_and_dark(gathered, form),
        ),
        ranking_words=ranking_words,
        ranking=ranking,
        figures=tuple(_figure(one, form) for wordings in gathered.asked.values() for one in wordings if one.base),
        no_figures=tuple(
            _no_figure(wordings, form) for wordings in gathered.asked.values() if not any(one.base for one in wordings)
        ),
        comparison_words=f"Printed figures are from {facts['document']}. They were collected in {facts['collected']}.",
        comparisons=_comparisons(gathered, form, facts),
        comparison_notes=_comparison_notes(gathered, facts),
        left_out=_left_out(gathered, form),
        caveats=_caveats(form),
    )


def _no_figure(wordings: tuple[Asked, ...], form: Form) -> NoFigure:
    newest = wordings[0]
    missing = tuple((label, form.count(n)) for label, n in _missing(newest))
    return NoFigure(newest.question.key, newest.wording, sentences.why_none(wordings), missing)


def _figure(asked: Asked, form: Form) -> Figure:
    asked = folded(asked)
    people = "person" if form.count(asked.base) == "1" else "people"
    flagged = "Flagged answers are left out." if form.released else f"Flagged: {asked.flagged}."
    return Figure(
        key=asked.question.key,
        wording=asked.wording,
        asked_in=tuple(_asked_in(wave) for wave in asked.waves),
        note=asked.question.report_note,
        base=f"{form.count(asked.base)} {people} gave an answer.{_small(asked.base)}",
        places=_places(asked, form),
        flagged=flagged,
        missing=tuple((label, form.count(n)) for label, n in _missing(asked)),
        lines=_lines(asked, form),
    )


def _lines(asked: Asked, form: Form) -> tuple[Line, ...]:
    cells = form.cells(asked.printable())
    unflagged = {} if form.released else form.cells(asked.printable(unflagged=True))
    return tuple(
        Line(label, cells[key].count, cells[key].share, cells[key].range, unflagged[key].share if unflagged else None)
        for key, label in asked.options()
    )


def _asked_in(wave: Fielded) -> str:
    return (
        f"wave {wave.number} ({wave.title}), version {wave.version}, {long_date(wave.first)} to {long_date(wave.last)}"
    )


def _small(base: int) -> str:
    if base < 30:
        return " So few answers say little: take no percentage from them."
    return " A small base: the ranges are wide." if base < 100 else ""


def _missing(asked: Asked) -> list[tuple[str, int]]:
    kinds = [
        ("Not asked", asked.missing.not_asked), ("Left before this question", asked.missing.left),
        ("Skipped", asked.missing.skipped), ("Prefer not to say", asked.missing.prefer_not_to_say),
    ]  # fmt: skip
    has_unsure = any(option.key == "dont_know" for option in asked.question.options)
    return [*kinds, ("Don't know", asked.missing.dont_know)] if has_unsure else kinds


def _places(asked: Asked, form: Form) -> str:
    """Where the answers come from. In the released form only places with enough answers are named."""
    least = LEAST_AT_PLACE if form.released else 1
    named = sorted(name for name, n in asked.places.items() if n >= least)
    more = len(asked.places) - len(named[:MOST_PLACES])
    words = ", ".join(named[:MOST_PLACES])
    if more:
        words += f"{' and ' if words else ''}{more} {'other place' if more == 1 else 'other places'}"
    if not words:
        return "Places: none named."
    return f"Places: {words}.{' Some answers name no place.' if asked.nowhere else ''}"


def _ranking(gathered: Gathered, form: Form) -> tuple[str, tuple[tuple[int | None, str, str], ...]]:
    """(what it is, (rank, answer, share) in order). Equal printed counts share a rank and stand in the questionnaire's
    order; what is too small to print has no rank, so that the order tells nothing more."""
    asked = gathered.newest(sentences.HELP)
    if asked is None:
        return f"What would help people feel safer {sentences.why_none(gathered.asked.get(sentences.HELP, ()))}.", ()
    options = asked.options()
    cells = form.cells(asked.printable())
    ordered = sorted(options, key=lambda option: -cells[option[0]].order)
    orders = [cells[key].order for key, _ in ordered]
    ranking = tuple(
        (orders.index(cells[key].order) + 1 if cells[key].order > 0 else None, label, _ranked(cells[key]))
        for key, label in ordered
    )
    note = asked.question.report_note or "in their own words"
    words = (
        f"What would help people feel safer ({note}; several answers each; {form.count(asked.base)} people answered). "
        "People could only choose from what was on the list."
    )
    return words, ranking


def _ranked(cell: Printed) -> str:
    return f"{cell.words}: {cell.count} of {cell.base}" if cell.percent is not None else cell.count


def _comparisons(gathered: Gathered, form: Form, facts: Mapping[str, Any]) -> tuple[Comparison, ...]:
    borough, robbed, age = (gathered.newest(key) for key in ("safe_in_borough", "robbed", "age"))
    ages = folded(age) if age else None
    now = {
        "people": f"{form.count(borough.base)} people" if borough else None,
        "not_safe": _share_of(borough, form, "no"),
        "aged_13_17": _share_of(ages, form, "13-17"),
        "aged_18_21": _share_of(ages, form, "18-21"),
        "robbed": _share_of(robbed, form, "me", "someone_i_know", "both"),
        "safe_day": _share_of(gathered.newest("safe_day"), form, "very_safe", "fairly_safe"),
        "safe_dark": _share_of(gathered.newest("safe_dark"), form, "very_safe", "fairly_safe"),
    }

    def because(key: str) -> str:
        return sentences.none_because(gathered.asked.get(_ASKED_BY.get(key, key), ()))

    return tuple(
        Comparison(
            fact["says"], _printed(fact), now[fact["key"]] or because(fact["key"]), fact.get("caution", caution).strip()
        )
        for group, caution in (
            (facts["figures"], ""),
            (facts["residents_survey"]["figures"], "Other people, other words: not comparable."),
        )
        for fact in group
    )


def _share_of(asked: Asked | None, form: Form, *options: str) -> str | None:
    """With its base; None when nobody answered."""
    return f"{sentences.share_of(asked, form, *options).words} of {form.count(asked.base)}" if asked else None


def _printed(fact: Mapping[str, Any]) -> str:
    if fact["unit"] == "people":
        return f"{fact['value']} people"
    return f"{fact['value']}% of {fact['base']}" if fact.get("base") else f"{fact['value']}%, base not stated"


def _comparison_notes(gathered: Gathered, facts: Mapping[str, Any]) -> tuple[str, ...]:
    printed = facts["most_common_help"]
    labels = {key: label for asked in gathered.asked.get(sentences.HELP, ())[:1] for key, label in asked.options()}
    said = "; ".join(labels[key][0].lower() + labels[key][1:] for key in printed["options"] if key in labels)
    return (
        "No change is claimed. A change needs the same words, the same way of asking, the same posters, and a "
        "difference that chance alone would not explain.",
        f"{printed['says'].strip()} {f'In our words: {said}.' if said else ''}".strip(),
        facts["residents_survey"]["says"].strip(),
    )


def _left_out(gathered: Gathered, form: Form) -> str:
    why = "(sent too fast to have been read, or part of a burst)"
    counted = f"Counted here: {_responses(form, gathered.responses)}"
    made_up = _responses(form, gathered.left_out_demo, "demonstration ")
    if form.released:
        return f"{counted}. Left out: {_responses(form, gathered.left_out_flagged, 'flagged ')} {why} and {made_up}."
    left_out = f" Left out: {made_up}." if gathered.left_out_demo else ""
    flagged = f"of which flagged {why}: {gathered.flagged}. Shares without those stand in the last column"
    return f"{counted}, {flagged}.{left_out}"


def _responses(form: Form, n: int, kind: str = "") -> str:
    words = form.count(n)
    return f"{words} {kind}{'response' if words == '1' else 'responses'}"


def _caveats(form: Form) -> tuple[str, ...]:
    rounding = ("Rounded numbers do not always add up.",) if form.released else ()
    return (
        "These figures come from people who chose to answer. They are not a sample, and do not speak for everyone who "
        "lives, works or studies in the borough.",
        "Posters make hotspots: more answers come from where posters hang, and nothing from where none do.",
        "How people were asked matters: a poster at a station, a paper form and a text bring different people.",
        "Each response counts once. One person may have sent several; we hold nothing that could tell.",
        "The range after a share (95%, Wilson) says how far chance may reach with this many answers, not how different "
        "the people are who did not answer.",
        "“Do you feel safe in the borough?” and “Do you feel safe here?” are different questions, never added up.",
        "People aged 13 to 17 are those who chose 13 to 15 or 16 to 17, and those of older surveys that had one band.",
        "Not asked, left before the question, skipped and prefer not to say are four different things. None of them is "
        "in a base.",
        *rounding,
    )

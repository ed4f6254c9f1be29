"""What people wrote, for analysts: a form that says what to read, and the words in its answer. Sent by a form, because
it is written down who read."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from community.extensions import db, reading
from community.insights import filters
from community.insights.filters import Fault, Filters
from community.insights.sentences import month_of
from community.insights.service import live, selection, words
from community.insights.service.live import Choices
from community.insights.service.selection import UnknownName
from community.insights.service.words import Words
from community.staff.access import needs
from community.surveys.service.waves import NoSuchSurvey

bp = Blueprint("words", __name__, url_prefix="/staff/insights")


@bp.get("/<survey>/words")
@needs("read_words")
def ask(survey: str) -> ResponseReturnValue:
    """What there is to choose. No words yet: a GET writes nothing down."""
    asked, faults = filters.read(request.args)
    return _page(survey, _choices(survey), _only(asked), faults, None)


@bp.post("/<survey>/words")
@needs("read_words")
def read(survey: str) -> ResponseReturnValue:
    """The words. Who read which of them is written down before they are shown; what they say is not."""
    asked, faults = filters.read(request.form)
    asked, choices = _only(asked), _choices(survey)
    faults = (*faults, *(live.faults(asked, choices) if choices else ()))
    if faults or not choices or not choices.questions:
        return _page(survey, choices, asked, faults, None)
    number = _number(request.form.get("page", ""))
    words.record_reading(survey, asked.query() | {"page": str(number)})
    db.session.commit()
    reading.set(True)  # nobody's answer waits while words are looked up
    found = words.words(
        survey, question=asked.question, place=asked.place, first=asked.first, last=asked.last, page=number
    )
    return _page(survey, choices, asked, (), found)


def _page(
    survey: str, choices: Choices | None, asked: Filters, faults: tuple[Fault, ...], found: Words | None
) -> ResponseReturnValue:
    if choices is None:
        return render_template("insights/staff/nothing.html", title=survey)
    return render_template(
        "insights/staff/words.html",
        survey=survey, choices=choices, asked=asked, errors=faults, words=found, month_of=month_of,
        demo_banner=found.banner if found else "",
    ), 422 if faults else 200  # fmt: skip


def _choices(survey: str) -> Choices | None:
    """What can be chosen; the questions are those answered in words. None: the survey has not been opened yet."""
    try:
        known = words.questions(selection.fieldings(survey, None))
        return replace(live.choices(survey), questions=tuple((q.key, q.wording["en"]) for q in known.values()))
    except NoSuchSurvey:
        abort(404)
    except UnknownName:
        return None


def _only(asked: Filters) -> Filters:
    """The filters that words can be chosen by."""
    return Filters(question=asked.question, place=asked.place, first=asked.first, last=asked.last)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1

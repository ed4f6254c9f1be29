"""The respondent's pages, rendered: which template, which words, in which language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template

from community.shared import languages
from community.shared.headers import accepts_gzip
from community.shared.runtime import runtime
from community.shared.skeleton import PLACEHOLDER, Skeleton, skeleton
from community.support.harm import help_for
from community.surveys.questionnaire import AGE, Kind, Question, Screen, language_of, text_in, wording, wording_texts
from community.surveys.routing import Answers, options_for, screen_questions, shown_order
from community.surveys.tickets import Ticket, seal
from community.surveys.visits import Visit


@dataclass(frozen=True)
class Choice:
    """An option as a template shows it."""

    value: str
    label: str
    quiet: bool


@dataclass(frozen=True)
class Asked:
    """A question as a template shows it; `lang` is the language its words are really in."""

    key: str
    kind: str
    words: str
    lang: str
    hint: str | None
    choices: Sequence[Choice]
    chosen: frozenset[str]
    error: str | None
    max_length: int | None


def first(visit: Visit, ticket: Ticket, *, today: date) -> Response:
    """The survey's first page: one question, styles within, no second request."""
    key = ("first", visit.fielding.wave_id, visit.code, visit.place_id, languages.current())
    page = runtime().pages.get(key, lambda: skeleton(_render("surveys/first.html", visit, ticket, {})))
    return send(page, ticket, today=today)


def screen(
    visit: Visit,
    ticket: Ticket,
    answers: Answers,
    harm: frozenset[str],
    *,
    today: date,
    errors: Mapping[str, str] | None = None,
    submitted: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    """A later screen; with errors, the same screen again with what was sent still in it."""
    age = age_of(answers)
    shuffled = any(
        visit.fielding.questionnaire.question(q).shuffled
        for q in visit.fielding.questionnaire.screen(ticket.screen).questions
    )

    def render() -> Skeleton:
        options = {"harm": harm, "age": age, "answers": answers, "errors": errors or {}, "sent": submitted or {}}
        return skeleton(_render("surveys/ask.html", visit, ticket, options))

    if errors or shuffled:
        return send(render(), ticket, today=today, status=422 if errors else 200)
    asked = tuple(q.key for q in _questions(visit, ticket.screen, answers))
    key = (
        "ask",
        visit.fielding.wave_id,
        visit.action,
        visit.place_id,
        ticket.screen,
        asked,
        harm,
        age,
        ticket.language,
    )
    return send(runtime().pages.get(key, render), ticket, today=today)


def age_of(answers: Answers) -> str | None:
    """The age band chosen, if the age question was answered."""
    return next(iter(answers.get(AGE, ())), None)


def send(page: Skeleton, ticket: Ticket, *, today: date, status: int = 200) -> Response:
    """A page with this ticket in it, packed when the browser takes that."""
    sealed = seal(ticket, runtime().keys, today=today)
    if not accepts_gzip():
        return Response(page.plain(sealed), status, mimetype="text/html")
    return Response(page.gzipped(sealed), status, {"Content-Encoding": "gzip"}, mimetype="text/html")


def _questions(visit: Visit, screen_key: str, answers: Answers) -> tuple[Question, ...]:
    questionnaire = visit.fielding.questionnaire
    return screen_questions(questionnaire, questionnaire.screen(screen_key), answers)


def _render(template: str, visit: Visit, ticket: Ticket, options: Mapping[str, object]) -> str:
    questionnaire = visit.fielding.questionnaire
    shown: Screen = questionnaire.screen(ticket.screen)
    answers = options.get("answers", {})
    harm = options.get("harm", frozenset())
    age = options.get("age")
    assert isinstance(answers, Mapping) and isinstance(harm, frozenset)
    lang = languages.current()
    spoken = questionnaire.languages.get(lang)
    asked = [
        _asked(question, visit, ticket, answers, options)
        for question in (_questions(visit, ticket.screen, answers) or (questionnaire.opening,))
    ]
    return render_template(
        template,
        action=visit.action,
        ticket=PLACEHOLDER,
        asked=asked,
        screen=shown,
        heading=text_in(shown.heading, lang) if shown.heading else asked[0].words,
        second=ticket.screen == questionnaire.screens[1].key,
        unreviewed=spoken is not None and not spoken.reviewed,
        help=help_for(harm, age if isinstance(age, str) else None) if harm else None,
        errors=[(q.key, q.error) for q in asked if q.error],
        demo_banner=False,
    )


def _asked(
    question: Question,
    visit: Visit,
    ticket: Ticket,
    answers: Answers,
    options: Mapping[str, object],
) -> Asked:
    lang = languages.current()
    errors, sent = options.get("errors", {}), options.get("sent", {})
    assert isinstance(errors, Mapping) and isinstance(sent, Mapping)
    shown = shown_order(question, options_for(question, answers), ticket.nonce)
    return Asked(
        key=question.key,
        kind=question.kind.value,
        words=wording(question, lang, visit.place_name or None),
        lang=language_of(wording_texts(question, visit.place_name or None), lang),
        hint=text_in(question.hint, lang) if question.hint else None,
        choices=[Choice(o.key, text_in(o.label, lang), o.missing) for o in shown],
        chosen=frozenset(sent.get(question.key, ())),
        error=errors.get(question.key),
        max_length=question.max_length if question.kind is Kind.text else None,
    )

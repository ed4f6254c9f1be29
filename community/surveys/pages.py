"""The respondent's pages, rendered: which template, which words, in which language."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from community.places.service import places
from community.shared import languages
from community.shared.clock import london_today
from community.shared.headers import accepts_gzip
from community.shared.runtime import runtime
from community.shared.skeleton import PLACEHOLDER, Skeleton, skeleton
from community.support.harm import HelpBox
from community.support.service import for_everyone, for_under_13s, help_box, text_lines
from community.surveys import visits
from community.surveys.fielding import Fielding, counting_of
from community.surveys.questionnaire import (
    AGE,
    ENGLISH,
    Kind,
    Question,
    Questionnaire,
    Texts,
    language_of,
    text_in,
    wording,
    wording_texts,
)
from community.surveys.routing import Answers, next_screen, options_for, screen_questions, shown_order
from community.surveys.tickets import Ticket, seal
from community.surveys.visits import Visit

OFFERED = (visits.UNASSIGNED, "robbery")
"""Surveys that anyone may answer without a poster, offered where the one that was sought asks nothing."""


@dataclass(frozen=True)
class Choice:
    """An option as a template shows it; its label is marked with its language where that is not the page's."""

    value: str
    label: str
    quiet: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as a template shows it. plain: its words for the title; words and hint: marked as labels are.
    groups: the places to choose from, by area."""

    key: str
    kind: str
    plain: str
    words: str
    hint: str | None
    choices: Sequence[Choice]
    groups: Sequence[tuple[str, Sequence[Choice]]]
    chosen: Sequence[str]
    error: str | None
    max_length: int | None


@dataclass(frozen=True)
class Sent:
    """What a screen is shown again with: words of errors and the values that were sent, by question."""

    errors: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.errors) or any(value for values in self.values.values() for value in values)


def first(visit: Visit, ticket: Ticket, *, today: date) -> Response:
    """The survey's first page: one question, styles within, no second request."""

    def render() -> Skeleton:
        return skeleton(_render("surveys/first.html", visit, ticket, {}, Sent()))

    shuffled = visit.fielding.questionnaire.opening.shuffled
    page = render() if shuffled else runtime().pages.get(first_key(visit, languages.current()), render)
    return send(page, ticket, today=today)


def first_key(visit: Visit, language: str) -> Hashable:
    """Under which a first page is remembered; one in which the order of options is drawn anew each time is not."""
    return "first", visit.fielding.wave_id, visit.code, visit.place_id, language


def screen(
    visit: Visit,
    ticket: Ticket,
    answers: Answers,
    *,
    today: date,
    errors: Mapping[str, str] | None = None,
    submitted: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    """A screen; with errors (question -> words) or with what was sent, the same screen again with that in it."""
    sent = Sent(errors or {}, submitted or {})

    def render() -> Skeleton:
        return skeleton(_render("surveys/ask.html", visit, ticket, answers, sent))

    asked = _questions(visit, ticket.screen, answers)
    if sent or any(question.shuffled for question in asked):
        return send(render(), ticket, today=today, status=422 if errors else 200)
    return send(runtime().pages.get(_screen_key(visit, ticket, answers, asked), render), ticket, today=today)


def ready_after(visit: Visit, ticket: Ticket, answers: Answers, harm: frozenset[str]) -> tuple[Ticket, Skeleton] | None:
    """(its ticket, the page) of the screen that follows the ticket's; None where it must be made, or none follows."""
    following = next_screen(visit.fielding.questionnaire, answers, after=ticket.screen)
    if following is None:
        return None
    ticket = ticket.on(following.key, harm)
    asked = _questions(visit, ticket.screen, answers)
    page = runtime().pages.peek(_screen_key(visit, ticket, answers, asked))
    return (ticket, page) if page and not any(question.shuffled for question in asked) else None


def _screen_key(visit: Visit, ticket: Ticket, answers: Answers, asked: Sequence[Question]) -> Hashable:
    """Under which a screen is remembered on which nothing is filled in yet."""
    return (
        "ask",
        visit.fielding.wave_id,
        visit.action,
        visit.place_id,
        ticket.screen,
        tuple(question.key for question in asked),
        ticket.harm,
        age_of(answers),
        ticket.language,
    )


def age_of(answers: Answers) -> str | None:
    """The age band chosen, if the age question was answered."""
    return next(iter(answers.get(AGE, ())), None)


def send(page: Skeleton, ticket: Ticket, *, today: date, status: int = 200) -> Response:
    """A page with this ticket in it, packed when the browser takes that."""
    sealed = seal(ticket, runtime().keys, today=today)
    if not accepts_gzip():
        return Response(page.plain(sealed), status, mimetype="text/html")
    return Response(page.gzipped(sealed), status, {"Content-Encoding": "gzip"}, mimetype="text/html")


def help_beside(harm: frozenset[str], age: str | None) -> HelpBox | None:
    """Who can help with what was just sent; None when it called for no help."""
    if not harm:
        return None
    box = help_box(harm, age, today=london_today())
    return replace(box, heading=_in_language(box.heading, ENGLISH, languages.current()))


def which_place(survey: str, *, sought: str | None = None, unknown: bool = False) -> ResponseReturnValue:
    """Where a survey without a poster begins: the place, searched for or chosen. unknown: an address that is none."""
    found = places.find_place(sought) if sought and sought.strip() else None
    page = render_template(
        "surveys/which_place.html",
        survey=survey,
        found=found,
        sought=sought or "",
        unknown=unknown,
        areas=places.by_area(),
    )
    return page, 422 if unknown else 200


def under_13() -> ResponseReturnValue:
    """The friendly page for a child whose answer was not kept."""
    return render_template("surveys/under_13.html", services=for_under_13s())


def not_now(status: int = 404) -> ResponseReturnValue:
    """Nothing is asked here on this day: who can help, and what is asked elsewhere."""
    today = london_today()
    open_today = [survey for survey in OFFERED if visits.open_fielding(survey, today)]
    return render_template("surveys/not_now.html", open=open_today, services=for_everyone()), status


def preview(questionnaire: Questionnaire, screen_key: str, *, place_name: str) -> str:
    """A screen as people see it when every question and option on it is open to them. place_name: "" for none."""
    fielding = Fielding(0, questionnaire.slug, 0, "", 0, date.min, None, questionnaire, counting_of(questionnaire))
    visit = Visit(fielding, None, "", None, place_name, "")
    ticket = replace(visits.ticket_for(visit, languages.current(), today=date.min, issued_ms=0), screen=screen_key)
    questions = [questionnaire.question(key) for key in questionnaire.screen(screen_key).questions]
    template = "surveys/first.html" if questionnaire.screen_index(screen_key) == 0 else "surveys/ask.html"
    return _render(template, visit, ticket, {AGE: ("65+",)}, Sent(), questions=questions)


def _questions(visit: Visit, screen_key: str, answers: Answers) -> tuple[Question, ...]:
    questionnaire = visit.fielding.questionnaire
    return screen_questions(questionnaire, questionnaire.screen(screen_key), answers)


def _render(
    template: str,
    visit: Visit,
    ticket: Ticket,
    answers: Answers,
    sent: Sent,
    *,
    questions: Sequence[Question] | None = None,
) -> str:
    """questions: those to show, where that is not settled by the answers."""
    questionnaire = visit.fielding.questionnaire
    shown = questionnaire.screen(ticket.screen)
    lang = languages.current()
    spoken = questionnaire.languages.get(lang)
    on_it = _questions(visit, ticket.screen, answers) if questions is None else questions
    asked = [_asked(q, visit, ticket, answers, sent) for q in on_it]
    age = age_of(answers)
    return render_template(
        template,
        action=visit.action,
        ticket=PLACEHOLDER,
        asked=asked,
        screen=shown,
        title=text_in(shown.heading, lang) if shown.heading else asked[0].plain,
        heading=_marked(shown.heading, lang) if shown.heading else asked[0].words,
        second=questionnaire.screen_index(ticket.screen) == 1,
        unreviewed=spoken is not None and not spoken.reviewed,
        help=help_beside(frozenset(ticket.harm), age),
        text_lines=text_lines(age) if any(q.kind == Kind.text for q in asked) else (),
        errors=[(q.key, q.error) for q in asked if q.error],
    )


def _asked(question: Question, visit: Visit, ticket: Ticket, answers: Answers, sent: Sent) -> Asked:
    lang = languages.current()
    texts = wording_texts(question, visit.place_name)
    spoken = language_of(texts, lang)
    words = wording(question, lang, _set_apart(visit.place_name, spoken))
    shown = shown_order(question, options_for(question, answers), ticket.nonce)
    return Asked(
        key=question.key,
        kind=question.kind.value,
        plain=words,
        words=_in_language(words, spoken, lang),
        hint=_marked(question.hint, lang) if question.hint else None,
        choices=[Choice(o.key, _marked(o.label, lang), o.missing) for o in shown],
        groups=_places_by_area() if question.kind is Kind.place else (),
        chosen=sent.values.get(question.key, ()),
        error=sent.errors.get(question.key),
        max_length=question.max_length if question.kind is Kind.text else None,
    )


def _places_by_area() -> list[tuple[str, Sequence[Choice]]]:
    return [(area, [Choice(place.slug, place.name) for place in here]) for area, here in places.by_area()]


def _set_apart(name: str, spoken: str) -> str:
    """A place's name inside words that run the other way, its brackets and full stops kept with it."""
    return f"\u2068{name}\u2069" if name and languages.LANGUAGES[spoken].dir == "rtl" else name


def _marked(texts: Texts, lang: str) -> str:
    """Words in this language; in English where they are not translated, and marked as such."""
    return _in_language(text_in(texts, lang), language_of(texts, lang), lang)


def _in_language(words: str, spoken: str, lang: str) -> str:
    """Words as they are when they speak the page's language; else in an element that says which they speak, so that
    a screen reader changes its voice."""
    if spoken == lang:
        return words
    return Markup('<span lang="{}" dir="{}">{}</span>').format(spoken, languages.LANGUAGES[spoken].dir, words)

"""Which sentence a survey by text says, and the room it has: two segments at most in GSM 7-bit letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from community.bot.plain_letters import plain_letters
from community.bot.wording import Reply, part, say
from community.messaging.segments import segments
from community.support.harm import Line
from community.support.service import for_everyone, for_under_13s, help_box

MOST_SEGMENTS: Final = 2
_FREE: Final = "0800"
_FREE_TOO: Final = "0808"
_CHILDLINE: Final = "Childline"


def question(text: str, language: str, *, is_draft: bool = False) -> Reply:
    """A question; with the words that steer, where they cost nothing. is_draft: nobody has checked its translation."""
    plain = say("survey_question", language, question=text)
    if is_draft:
        return say("survey_draft", language, question=text)
    return _richest(("survey_question_ways",), plain, language, text)


def once_more(text: str, language: str) -> Reply:
    """The question again, kindly, after a text that did not answer it."""
    plain = say("survey_once_more_short", language, question=text)
    longer = say("survey_once_more", language, question=text)
    bare = say("survey_question", language, question=text)
    most = max(MOST_SEGMENTS, segments(bare.text))
    return next((one for one in (longer, plain) if segments(one.text) <= most), bare)


def how_much(options: Sequence[str], language: str, *, is_unsafe: bool) -> Reply:
    """Which of two options is meant, by number or in words; to somebody who feels unsafe with who listens beside it.
    options: a line each."""
    lines = "\n".join(options)
    if is_unsafe:
        return say("survey_how_much_unsafe", language, options=lines, help=for_anyone())
    return say("survey_how_much", language, options=lines)


def for_anyone() -> str:
    """Who listens to anyone, about anything, and who to children."""
    everyone = {line.name: str(line.phone) for line in for_everyone()}
    child = everyone.pop(_CHILDLINE)
    return part("survey_help_lines", number=next(iter(everyone.values())), child=child)


def with_help(text: str, help: str, language: str) -> Reply | None:
    """Help and the next question in one; None where they do not fit."""
    both = say("survey_with_help", language, question=text, help=help)
    return both if segments(both.text) <= MOST_SEGMENTS else None


def thanks(code: str, address: str, help: str, language: str) -> Reply:
    """The end. code: twenty figures, said in fours as on the page. address: where it is used. help: "" for none."""
    facts = {"code": " ".join(code[at : at + 4] for at in range(0, len(code), 4)), "address": address}
    if help:
        return say("survey_thanks_with_help", language, help=help, **facts)
    return say("survey_thanks", language, **facts)


def under_13(language: str) -> Reply:
    """For a child whose answers were not kept."""
    return say("survey_under_13", language, child=str(for_under_13s()[0].phone))


def which(places: Iterable[str], language: str) -> Reply:
    """Which of several places; numbered from 1."""
    lines = "\n".join(f"{number} {plain_letters(name)}" for number, name in enumerate(places, 1))
    return say("survey_which", language, places=lines)


def help_for(harm: Iterable[str], age_band: str | None, today: date) -> str:
    """A neutral line with who listens, for topics that an answer called for; "" for none. Age not known: two numbers,
    one with its age."""
    if not (topics := tuple(harm)):
        return ""
    lines = [line for line in help_box(topics, age_band, today=today).lines if _always_free(line)]
    first, child = lines[0], next((line for line in lines if line.name == _CHILDLINE), None)
    known = age_band is not None and age_band[:1].isdigit()
    if child is None or child is first or known:
        return part("survey_help_line", number=str(first.phone))
    return part("survey_help_lines", number=str(first.phone), child=str(child.phone))


def _always_free(line: Line) -> bool:
    return bool(line.phone) and str(line.phone).startswith((_FREE, _FREE_TOO)) and line.hours.startswith("24 hours")


def _richest(ids: Iterable[str], plain: Reply, language: str, text: str) -> Reply:
    richer = (say(id, language, question=text) for id in ids)
    return next((one for one in richer if segments(one.text) == segments(plain.text)), plain)

"""What changed from one version of a questionnaire to the next, question by question, by their stable keys. Pure.

Results join versions by these keys, so an officer must see what a series will be made of before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from community.surveys.questionnaire import ENGLISH, Option, Question, Questionnaire, Texts

_PARTS: Final = {
    "ask_if": "who is asked", "min_age": "the age it is asked from", "sensitive": "what it is about",
    "attribute": "what it says of the person", "shuffled": "whether choices are shuffled",
    "frozen": "whether it is frozen",
    "minimum": "the smallest number", "maximum": "the largest number", "max_length": "the longest answer",
    "source": "where its words come from", "report_note": "the note printed with its figures",
}  # fmt: skip


class Happened(StrEnum):
    """What became of a question."""

    new = "new"
    gone = "gone"
    changed = "changed"


@dataclass(frozen=True)
class Change:
    """One thing. before, after: English words or option keys, where there are such; said: what it is about."""

    said: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Difference:
    """A question that is not as it was. breaks: figures before and after are not of the same question and answers."""

    key: str
    wording: str
    happened: Happened
    changes: tuple[Change, ...] = ()
    breaks: bool = False


def differences(before: Questionnaire, after: Questionnaire) -> list[Difference]:
    """In the order of the new questionnaire, those that are gone at the end."""
    found = []
    for question in after.questions:
        words = question.wording[ENGLISH]
        if not before.has_question(question.key):
            found.append(Difference(question.key, words, Happened.new))
            continue
        old = before.question(question.key)
        changes = (*_question(old, question), *_screen(before, after, question.key))
        if changes:
            found.append(Difference(question.key, words, Happened.changed, changes, _breaks(old, question)))
    gone = [question for question in before.questions if not after.has_question(question.key)]
    return found + [Difference(question.key, question.wording[ENGLISH], Happened.gone) for question in gone]


def whole(before: Questionnaire, after: Questionnaire) -> list[Change]:
    """What changed about the questionnaire as a whole."""
    changes = list(_texts("The title", before.title, after.title))
    for tag in after.languages.keys() | before.languages.keys():
        old, new = before.languages.get(tag), after.languages.get(tag)
        if old is None or new is None:
            changes.append(Change(f"The language {tag} was {'added' if new else 'taken out'}."))
        elif old.reviewed != new.reviewed:
            said = "has been checked by a person" if new.reviewed else "counts as not checked"
            changes.append(Change(f"The language {tag} {said}."))
    if before.free_text_from_age != after.free_text_from_age:
        was, now = before.free_text_from_age, after.free_text_from_age
        changes.append(Change("The age from which people may write freely", str(was), str(now)))
    kept = [key for key in _keys(after) if before.has_question(key)]
    if kept != [key for key in _keys(before) if after.has_question(key)]:
        changes.append(Change("Questions come in another order."))
    return sorted(changes, key=lambda change: change.said)


def _keys(questionnaire: Questionnaire) -> list[str]:
    return [question.key for question in questionnaire.questions]


def _breaks(old: Question, new: Question) -> bool:
    """Whether figures of the two are about different words or answers, in English."""

    def asked(question: Question) -> object:
        options = [(option.key, option.label[ENGLISH], option.missing) for option in question.options]
        return question.kind, question.wording[ENGLISH], options

    return asked(old) != asked(new)


def _question(old: Question, new: Question) -> Iterator[Change]:
    yield from _texts("The wording", old.wording, new.wording)
    yield from _texts("The wording without a place", old.wording_anywhere, new.wording_anywhere)
    yield from _texts("The hint", old.hint, new.hint)
    if old.kind is not new.kind:
        yield Change("How it is answered", old.kind.value, new.kind.value)
    yield from _options(old.options, new.options)
    for name, said in _PARTS.items():
        if getattr(old, name) != getattr(new, name):
            yield _part(f"{said[0].upper()}{said[1:]}", getattr(old, name), getattr(new, name))


def _part(said: str, old: object, new: object) -> Change:
    plain = (str, int, type(None))
    if isinstance(old, plain) and isinstance(new, plain) and not isinstance(new, bool):
        return Change(said, "" if old is None else str(old), "" if new is None else str(new))
    return Change(f"{said} changed.")


def _options(old: Sequence[Option], new: Sequence[Option]) -> Iterator[Change]:
    was: Mapping[str, Option] = {option.key: option for option in old}
    now: Mapping[str, Option] = {option.key: option for option in new}
    for key in (key for key in now if key not in was):
        yield Change("A choice was added", after=now[key].label[ENGLISH])
    for key in (key for key in was if key not in now):
        yield Change("A choice was taken out", before=was[key].label[ENGLISH])
    for key in (key for key in now if key in was):
        yield from _texts(f"The choice {key}", was[key].label, now[key].label)
        marks = ("harm", "exclusive", "missing", "min_age", "last")
        if any(getattr(was[key], mark) != getattr(now[key], mark) for mark in marks):
            yield Change(f"What the choice {key} leads to, or who sees it, changed.")
    if [key for key in was if key in now] != [key for key in now if key in was]:
        yield Change("The choices come in another order.")


def _texts(said: str, old: Texts | None, new: Texts | None) -> Iterator[Change]:
    was, now = old or {}, new or {}
    if was.get(ENGLISH) != now.get(ENGLISH):
        yield Change(said, was.get(ENGLISH, ""), now.get(ENGLISH, ""))
    for tag in sorted((was.keys() | now.keys()) - {ENGLISH}):
        if was.get(tag) != now.get(tag):
            yield Change(f"{said}, in {tag}", was.get(tag, ""), now.get(tag, ""))


def _screen(before: Questionnaire, after: Questionnaire, key: str) -> Iterator[Change]:
    old, new = before.screen_of(key), after.screen_of(key)
    if old.style is not new.style:
        yield Change("How its screen is answered", old.style.value, new.style.value)
    if old.questions[0] == key == new.questions[0]:
        yield from _texts("The heading of its screen", old.heading, new.heading)

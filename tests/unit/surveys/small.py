"""Small questionnaires, and Hypothesis strategies for random valid ones and for people answering them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from community.surveys.questionnaire import (
    AGE,
    AGE_BANDS,
    NOT_ASKED,
    PREFER_NOT,
    SENSITIVE,
    SKIPPED,
    WRITTEN,
    AnyOf,
    Condition,
    Kind,
    Language,
    Option,
    Question,
    Questionnaire,
    Screen,
    Style,
)

GATES = (13, 16, 18, 22, 25, 35, 45, 55, 65)
ENGLISH_ONLY = {"en": Language("en", "ltr", reviewed=True)}


def option(key: str, **more: object) -> Option:
    return Option(key=key, label={"en": f"label of {key}"}, missing=key == PREFER_NOT, **more)  # type: ignore[arg-type]


def choice(key: str, *keys: str, kind: Kind = Kind.single, **more: object) -> Question:
    """A question with these options and `prefer_not_to_say`."""
    options = [option(name) for name in keys]
    options.append(option(PREFER_NOT, exclusive=kind is Kind.multiple))
    return Question(
        key=key,
        kind=kind,
        wording={"en": f"wording of {key}"},
        source="ours",
        **{"options": tuple(options), **more},  # type: ignore[arg-type]
    )


def age_question() -> Question:
    return choice(AGE, *AGE_BANDS[:-1], attribute=AGE)


def text_question(key: str = "comment", **more: object) -> Question:
    parts: dict[str, object] = {"min_age": 16, "max_length": 500, **more}
    return Question(key=key, kind=Kind.text, wording={"en": "Anything else?"}, source="ours", **parts)  # type: ignore[arg-type]


def questionnaire(*screens: Sequence[Question], slug: str = "small") -> Questionnaire:
    """Each list of questions is a screen `s0`, `s1`...; screens of one single choice or scale are buttons."""

    def style(questions: Sequence[Question]) -> Style:
        alone = len(questions) == 1 and questions[0].kind in (Kind.single, Kind.scale)
        return Style.buttons if alone else Style.form

    return Questionnaire(
        slug=slug,
        title={"en": "Small"},
        languages=ENGLISH_ONLY,
        questions=tuple(question for questions in screens for question in questions),
        screens=tuple(
            Screen(key=f"s{index}", questions=tuple(question.key for question in questions), style=style(questions))
            for index, questions in enumerate(screens)
        ),
    )


OPENING = choice("here", "safe", "unsafe")

AWKWARD = (
    "no", "null", "~", "1e3", "2026-11-20", "yes: no", "- x", "# y", "'q'", '"d"', "a\\b", "*z", "&z", "!t", "| >", "%",
    "[x]", "în siguranță", "کیا آپ؟", "می\u200cروم", "\u200fright", "🙂", "é", "e' ,", "?", "@here", "=1+1",
)  # fmt: skip
"""Words that YAML might take for something else."""
_words = st.sampled_from(AWKWARD)
_keys = st.sampled_from([*"abcdefghijklmnopqrstuvwxyz", "no-1", "is_dark", "null", "on"])
_option_keys = st.sampled_from(["yes", "no", "null", "13", "0x1", "00-06", "a", "b", "c_d", "on", "1e3"])


_neighbours = [AWKWARD[-1], *AWKWARD[:-1]]
_texts = st.sampled_from(
    [{"en": word} for word in AWKWARD]
    + [{"en": word, "ro": other} for word, other in zip(AWKWARD, _neighbours, strict=True)]
    + [{"en": word, "ro": word, "ur": other} for word, other in zip(AWKWARD, _neighbours, strict=True)]
)
_texts_with_place = _texts.map(lambda texts: {tag: words + " {place}" for tag, words in texts.items()})


@st.composite
def options(draw: st.DrawFn, kind: Kind, shuffled: bool, *, harmless: bool) -> tuple[Option, ...]:
    keys = draw(st.lists(_option_keys, min_size=1, max_size=5, unique=True))
    found = [
        Option(
            key=key,
            label=draw(_texts),
            harm=None if harmless else draw(st.sampled_from([None, None, "robbery"])),
            exclusive=kind is Kind.multiple and draw(st.booleans()),
            min_age=None if harmless else draw(st.sampled_from([None, None, *GATES])),
            last=shuffled and draw(st.booleans()),
        )
        for key in keys
    ]
    found.append(Option(key=PREFER_NOT, label=draw(_texts), exclusive=kind is Kind.multiple, missing=True))
    return tuple(found)


@st.composite
def conditions(draw: st.DrawFn, earlier: Sequence[Question]) -> tuple[Condition | AnyOf, ...]:
    def one() -> Condition:
        question = draw(st.sampled_from(earlier))
        keys = [choice.key for choice in question.options]
        chosen = tuple(draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)))
        return Condition(question.key, any_of=chosen) if draw(st.booleans()) else Condition(question.key, (), chosen)

    def part() -> Condition | AnyOf:
        return AnyOf(tuple(one() for _ in range(draw(st.integers(1, 3))))) if draw(st.booleans()) else one()

    return tuple(part() for _ in range(draw(st.integers(0, 2))))


@st.composite
def questions(draw: st.DrawFn, key: str, earlier: Sequence[Question]) -> Question:
    kind = draw(st.sampled_from(list(Kind)))
    shuffled = kind in (Kind.single, Kind.multiple) and draw(st.booleans())
    sensitive = draw(st.sampled_from([None, None, None, *SENSITIVE]))
    gates = GATES[1:] if sensitive or kind is Kind.text else (None, None, None, *GATES)
    with_place = draw(st.booleans())
    low = draw(st.integers(-9, 9))
    return Question(
        key=key,
        kind=kind,
        wording=draw(_texts_with_place if with_place else _texts),
        wording_anywhere=draw(_texts) if with_place else None,
        hint=draw(st.none() | _texts),
        source=draw(_words),
        options=draw(options(kind, shuffled, harmless=False)) if kind.has_options else (),
        shuffled=shuffled,
        min_age=draw(st.sampled_from(gates)),
        sensitive=sensitive,
        ask_if=draw(conditions([question for question in earlier if question.options])),
        report_note=draw(st.none() | _words),
        minimum=low if kind is Kind.number else None,
        maximum=low + draw(st.integers(0, 9)) if kind is Kind.number else None,
        max_length=draw(st.integers(1, 2000)) if kind is Kind.text else None,
        frozen=draw(st.booleans()),
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A valid questionnaire: harmless opening, age, then up to five screens of one to three questions."""
    first = Question(
        key="first", kind=Kind.single, wording=draw(_texts), source="ours",
        options=draw(options(Kind.single, False, harmless=True)),
    )  # fmt: skip
    screens: list[list[Question]] = [[first], [age_question()]]
    keys = iter(draw(st.lists(_keys, min_size=15, max_size=15, unique=True)))
    for _ in range(draw(st.integers(0, 5))):
        earlier = [question for screen in screens for question in screen]
        screens.append([draw(questions(next(keys), earlier)) for _ in range(draw(st.integers(1, 3)))])
    made = questionnaire(*screens, slug=draw(_keys))
    languages = {
        **ENGLISH_ONLY,
        "ro": Language("ro", "ltr", draw(st.booleans())),
        "ur": Language("ur", "rtl", draw(st.booleans())),
    }
    return Questionnaire(
        made.slug, draw(_texts), languages, made.questions, made.screens, draw(st.sampled_from([13, 16]))
    )


def some_answer(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """An answer or a skip, of options that may be closed to this person."""
    skip = st.just((SKIPPED,))
    keys = [choice.key for choice in question.options]
    if question.kind is Kind.multiple:
        return skip | st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True).map(tuple)
    if question.kind.has_options:
        return skip | st.sampled_from(keys).map(lambda key: (key,))
    return skip | st.just({Kind.place: ("a-park",), Kind.number: ("3",), Kind.text: (WRITTEN,)}[question.kind])


@st.composite
def stored_answers(draw: st.DrawFn, made: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Any heap of answers and marks, right or wrong: changes of mind, gaps, things this person was never asked."""
    found: dict[str, tuple[str, ...]] = {}
    for question in made.questions:
        match draw(st.integers(0, 5)):
            case 0:
                continue
            case 1:
                found[question.key] = (NOT_ASKED,)
            case _:
                found[question.key] = draw(some_answer(question))
    return found

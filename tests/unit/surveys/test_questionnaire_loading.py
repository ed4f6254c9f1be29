"""Questionnaire files: what loads, what is refused, and whether the message names the line and the fix."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings

from community.config import ROOT
from community.surveys.loading import QuestionnaireError, digest, dump, from_definition, load, to_definition
from community.surveys.questionnaire import (
    AGE_BANDS,
    AnyOf,
    Condition,
    Kind,
    Questionnaire,
    changed_frozen,
    language_of,
    least_age,
    wording,
)
from community.surveys.shipped import FOLDER
from tests.unit.surveys.small import questionnaires

HEAD = """\
slug: small
title: Small
languages:
  en: {direction: ltr, reviewed: true}
  ur: {direction: rtl, reviewed: false}
screens:
"""
OPENING = """\
  - key: s0
    style: buttons
    questions:
      - key: here
        kind: single
        wording: {en: "Safe at {place}?", ur: "{place} پر محفوظ؟"}
        wording_anywhere: "Safe here?"
        source: ours
        options:
          - {key: yes, label: {en: Yes, ur: ہاں}}
          - {key: no, label: No}
          - &rather_not {key: prefer_not_to_say, label: Rather not say}
"""
AGE = """\
  - key: s1
    style: buttons
    questions:
      - key: age
        kind: single
        attribute: age
        wording: How old are you?
        source: ours
        options:
""" + "".join(f"          - {{key: {band}, label: {band} years}}\n" for band in AGE_BANDS)


def form(*lines: str, key: str = "s2") -> str:
    """A form screen with one question `q`, whose further lines are given."""
    body = "".join(f"        {line}\n" for line in ("wording: Q?", "source: ours", *lines))
    return f"  - key: {key}\n    questions:\n      - key: q\n{body}"


CHOICES = ("options:", "  - {key: a, label: A}", "  - *rather_not")


def found(text: str) -> list[str]:
    with pytest.raises(QuestionnaireError) as refused:
        load(text, name="small.yaml")
    return str(refused.value).splitlines()


def only_problem(text: str) -> str:
    problems = found(text)
    assert len(problems) == 1, problems
    return problems[0]


def line_of(text: str, fragment: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)


# what loads


def test_a_small_file_loads_with_words_as_they_are_written() -> None:
    made = load(HEAD + OPENING + AGE, name="small.yaml")
    assert made.opening.key == "here"
    assert made.opening.kind is Kind.single
    assert [option.key for option in made.opening.options] == ["yes", "no", "prefer_not_to_say"]
    assert made.opening.option("prefer_not_to_say").missing
    assert [question.key for question in made.attribute_questions] == ["age"]
    assert made.languages["ur"].direction == "rtl"
    assert not made.languages["ur"].reviewed


def test_a_wording_takes_the_place_and_falls_back_to_english() -> None:
    opening = load(HEAD + OPENING + AGE, name="small.yaml").opening
    assert wording(opening, "en", "Barking Station") == "Safe at Barking Station?"
    assert wording(opening, "ur", "Barking Station") == "Barking Station پر محفوظ؟"
    assert wording(opening, "ro", "{place}") == "Safe at {place}?"
    assert wording(opening, "ur", None) == "Safe here?"
    assert language_of(opening.wording, "ro") == "en"


def test_conditions_load_one_by_one_in_lists_and_in_groups() -> None:
    single = form("kind: single", *CHOICES, "ask_if: {question: here, not_any_of: [no]}")
    assert load(HEAD + OPENING + AGE + single, name="x").question("q").ask_if == (Condition("here", (), ("no",)),)
    grouped = form("kind: single", *CHOICES, "ask_if:", "  - any: [{question: here, any_of: [no, yes]}]")
    assert load(HEAD + OPENING + AGE + grouped, name="x").question("q").ask_if == (
        AnyOf((Condition("here", ("no", "yes")),)),
    )


def test_a_text_has_a_length_and_numbers_have_a_range() -> None:
    text = load(HEAD + OPENING + AGE + form("kind: text", "min_age: 16"), name="x").question("q")
    assert text.max_length == 500
    number = load(HEAD + OPENING + AGE + form("kind: number", "minimum: -1", "maximum: 5"), name="x").question("q")
    assert (number.minimum, number.maximum) == (-1, 5)


def test_declining_stands_alone_in_a_multiple_choice_without_being_told_to() -> None:
    many = load(HEAD + OPENING + AGE + form("kind: multiple", *CHOICES), name="x").question("q")
    assert many.option("prefer_not_to_say").exclusive
    assert many.option("prefer_not_to_say").missing


@pytest.mark.parametrize("screen", ["age", "borough"])
def test_a_survey_that_does_not_ask_the_age_second_names_the_line_and_what_to_do(screen: str) -> None:
    written = (FOLDER / "safety.yaml").read_text("utf-8")
    start, end = written.index("  - key: age\n"), written.index("  - key: borough\n")
    age = written[start:end]
    text = written[:start] + written[end:]
    if screen == "borough":
        text = text.replace("  - key: day_and_dark\n", f"{age}  - key: day_and_dark\n")
    assert f"line {line_of(text, '- key: borough')}: the second screen is not the age question alone: ask 'age'" in (
        next(problem for problem in found(text) if "second screen" in problem)
    )


def test_the_example_of_the_how_to_page_loads() -> None:
    page = (ROOT / "docs" / "how-to" / "write-a-questionnaire.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    made = load(example, name="park.yaml")
    assert [question.key for question in made.questions] == ["like_benches", "age", "why_not"]


def test_a_survey_cannot_open_with_the_age() -> None:
    written = yaml.safe_load((FOLDER / "safety.yaml").read_text("utf-8"))
    del written["screens"][0]
    with pytest.raises(QuestionnaireError) as refused:
        load(yaml.safe_dump(written, allow_unicode=True), name="x")
    assert any("is the first and asks the age" in str(problem) for problem in refused.value.problems)


# what is refused: a part of the problem, and a part of the fix

REFUSE = "          - &rather_not {key: prefer_not_to_say, label: Rather not say}\n"
EDITS = [
    (
        "key: no,",
        "key: Very safe,",
        "option key of question 'here' 'Very safe'",
        "lower-case letters, digits, '_', '-'",
    ),
    ("key: no,", "key: _no,", "'_no' begins with '_'", "take the '_' away"),
    ("key: no,", "key: yes,", "option 'yes' of question 'here' stands twice", "keep one"),
    ("source: ours", "source: ours\n        sauce: ours", "has no 'sauce'", "did you mean 'source'?"),
    ("        source: ours\n", "", "question 'here' lacks 'source'", "add 'source"),
    ("{en: Yes, ur: ہاں}", "{ur: ہاں}", "no English", "add 'en: ...'"),
    ("ur: ہاں", "ro: Da", "not declared: 'ro'", "declare it under 'languages'"),
    ("kind: single", "kind: singel", "kind of question 'here' is 'singel'", "did you mean 'single'?"),
    ("label: No", "label: ''", "label of option 'no' of question 'here' in 'en' is empty", "write the words"),
    ("label: No", "label: [No]", "is not text", "write 'en: words'"),
    ("label: No", 'label: "N\\u202eo"', "hidden control character", "type the words again"),
    ("label: No", f"label: {'o' * 101}", "has 101 characters", "at most 100"),
    ("Safe at {place}?", "Safe at {place}, {site}?", "placeholder other than {place}", "only {place}"),
    ("{place} پر محفوظ؟", "محفوظ؟", "in 'ur' but not in both", "both or neither"),
    ('        wording_anywhere: "Safe here?"\n', "", "no words for when no place", "wording_anywhere"),
    ("label: No", "label: '{place}'", "curly bracket in the label of option 'no'", "take it out"),
    ("style: buttons", "style: form", "comes first and is not one question of buttons", "style: buttons"),
    (REFUSE, "", "has no option 'prefer_not_to_say'", "everyone may decline"),
    ("label: No}", "label: No, exclusive: true}", "exclusive option 'no'", "take 'exclusive' out"),
    ("label: No}", "label: No, last: true}", "not shuffled", "take 'last' out"),
    ("kind: single", "kind: scale\n        shuffled: true", "of kind scale and shuffled", "order means something"),
    ("kind: single", "kind: single\n        shuffled: maybe", "neither true nor false", "true or false"),
    ("kind: single", "kind: single\n        attribute: height", "attribute of question", "use one of age"),
]
GATED = "second screen is not the age question alone"
HARMFUL = ("kind: single", "options:", "  - {key: a, label: A, harm: robbery}", "  - *rather_not")
ABUSE = ("kind: single", "options:", "  - {key: a, label: A, harm: domestic_abuse}", "  - *rather_not")
NOT_ALONE = ("kind: multiple", *CHOICES[:2], "  - {key: prefer_not_to_say, label: P, exclusive: no}")
FORMS = [
    (("kind: text", "min_age: 13"), "lets under 16s write free text", "free_text_from_age: 13"),
    (("kind: text", "min_age: 16", "max_length: 9000"), "max_length 9000", "1 to 2000"),
    (("kind: text", "min_age: 16", "max_length: few"), "not a whole number", "figures only"),
    (("kind: place", "sensitive: self_harm"), "open to under 16s", "min_age: 16"),
    (("kind: place", "sensitive: self_harm", "min_age: 13"), "open to under 16s", "min_age: 16"),
    (("kind: place", "sensitive: selfharm"), "sensitive of question 'q'", "did you mean 'self_harm'?"),
    (("kind: place", "min_age: 14"), "min_age 14", "13, 16, 18"),
    (ABUSE, "option about domestic_abuse for under 16s", "min_age: 16"),
    (("kind: number",), "no range", "minimum and maximum"),
    (("kind: number", "minimum: 5", "maximum: 1"), "no range", "the smaller first"),
    (("kind: place", "maximum: 1"), "has minimum or maximum", "take them out"),
    (("kind: place", *CHOICES), "is of kind place and has options", "take the options out"),
    (("kind: single",), "has no option to choose", "add 'options:'"),
    (("kind: single", "options:", "  - *rather_not"), "has no option to choose", "add 'options:'"),
    (NOT_ALONE, "lets 'prefer_not_to_say' be chosen with others", "take 'exclusive: false' out"),
    (("kind: place", "ask_if: {question: her, any_of: [no]}"), "'her', which is no question", "did you mean 'here'?"),
    (("kind: place", "ask_if: {question: here, any_of: [yess]}"), "'yess', which is no option", "did you mean 'yes'?"),
    (("kind: place", "ask_if: {question: q, any_of: [yes]}"), "not stand on an earlier screen", "later screen"),
    (("kind: place", "ask_if: {question: here}"), "needs one list of options", "any_of, or not_any_of"),
    (("kind: place", "ask_if: {question: here, any_of: []}"), "is not a list", "at least one item"),
    (("kind: place", "ask_if: {any: []}"), "is not a list", "at least one item"),
]
SCREENS = [
    (OPENING + AGE.replace("65+", "65-plus"), "has other bands", "under_13, 13-15, 16-17"),
    (OPENING + AGE.replace("attribute: age", "attribute: gender"), "key 'age' and attribute age", "'key: age'"),
    (OPENING + AGE.replace("kind: single", "kind: single\n        ask_if: {question: here, any_of: [yes]}"),
     "question 'age' may be kept from someone", "everyone is asked their age"),
    (OPENING + form(*HARMFUL) + AGE, GATED, "ask 'age' second"),
    (OPENING + form("kind: place", "min_age: 16"), GATED, "ask 'age' second"),
    (OPENING, GATED, "what a child under 13 taps"),
    (OPENING + form("kind: single", *CHOICES), GATED, "as the safety survey does"),
    (OPENING + form("kind: single", *CHOICES) + AGE, GATED, "ask 'age' second"),
    (OPENING + AGE + form("kind: place").replace("s2", "s0"), "screen 's0' stands twice", "of its own"),
    (OPENING + AGE + form("kind: place").replace("key: q", "key: age"), "question 'age' stands twice", "of its own"),
    (OPENING + AGE + form("kind: place").replace("s2", "s2\n    style: buttons"), "cannot be buttons", "style: form"),
    (OPENING + AGE + "  - key: s2\n    questions: []\n", "'questions' of screen 's2' is not a list", "one item"),
    (OPENING + AGE + "  - just words\n", "a screen is not a list of 'name: value' lines", "key, questions"),
]  # fmt: skip


def check_one_problem(text: str, message: str, fix: str) -> None:
    problem = only_problem(text)
    assert problem.startswith("small.yaml line ")
    assert message in problem
    assert fix in problem.split(message, 1)[1]


@pytest.mark.parametrize(("old", "new", "message", "fix"), EDITS, ids=[case[2] for case in EDITS])
def test_a_mistake_in_the_opening_question_is_named_with_its_fix(old: str, new: str, message: str, fix: str) -> None:
    assert old in OPENING
    check_one_problem(HEAD + OPENING.replace(old, new, 1) + AGE, message, fix)


@pytest.mark.parametrize(("lines", "message", "fix"), FORMS, ids=[case[1] for case in FORMS])
def test_a_mistake_in_a_later_question_is_named_with_its_fix(lines: tuple[str, ...], message: str, fix: str) -> None:
    check_one_problem(HEAD + OPENING + AGE + form(*lines), message, fix)


@pytest.mark.parametrize(("screens", "message", "fix"), SCREENS, ids=[case[1] for case in SCREENS])
def test_a_mistake_among_screens_is_named_with_its_fix(screens: str, message: str, fix: str) -> None:
    check_one_problem(HEAD + screens, message, fix)


@pytest.mark.parametrize(
    "wrong",
    ["slug: Small", "sauce: ours", "kind: singel", "key: Nine", "label: []", "min_age: 14", "attribute: height",
     "frozen: maybe", "ask_if: {question: nowhere, any_of: [a]}", "ro: Bine", "max_length: 7"],
)  # fmt: skip
def test_a_problem_names_the_line_it_is_on(wrong: str) -> None:
    text = HEAD + OPENING + AGE + form("kind: single", "hint:", "  en: Well", *CHOICES, "marker: x")
    name = wrong.split(":", maxsplit=1)[0]
    swaps = {"slug": "slug: small", "kind": "kind: single", "key": "key: no", "label": "label: A", "ro": "en: Well"}
    old = swaps.get(name, "marker: x")
    spot = text.index(old) if name != "kind" else text.rindex(old)
    new = wrong if name != "ro" else f"en: Well\n          {wrong}"
    text = text[:spot] + new + text[spot + len(old) :]
    text = text.replace("        marker: x\n", "")
    assert f"small.yaml line {line_of(text, wrong)}: " in only_problem(text)


@pytest.mark.parametrize(
    ("harmful", "message"),
    [
        ("kind: single\n        min_age: 16", "not for everyone"),
        ("kind: single\n        min_age: 16\n        sensitive: offending", "not for everyone"),
        ("kind: multiple", "is of kind multiple"),
    ],
)
def test_the_opening_question_must_be_harmless_and_one_tap(harmful: str, message: str) -> None:
    text = HEAD + OPENING.replace("kind: single", harmful) + AGE
    assert any(message in problem for problem in found(text))


def test_an_opening_option_about_harm_is_refused() -> None:
    text = HEAD + OPENING.replace("label: No}", "label: No, harm: robbery}") + AGE
    assert "has an option about harm or age ('no')" in only_problem(text)


def test_all_problems_are_listed_in_the_order_of_the_file() -> None:
    text = HEAD.replace("title: Small\n", "") + OPENING.replace("key: no,", "key: No,").replace("source", "sauce")
    text += AGE + form("kind: place", "ask_if: {question: nowhere, any_of: [x]}")
    problems = found(text)
    for fragment in ("'title'", "'sauce'", "'source'", "'No'", "'nowhere'"):
        assert any(fragment in problem for problem in problems)
    numbers = [int(problem.split()[2].rstrip(":")) for problem in problems]
    assert len(problems) == 5
    assert numbers == sorted(numbers)


def test_a_question_that_cannot_be_read_does_not_raise_a_storm() -> None:
    text = (
        HEAD
        + OPENING.replace("kind: single", "kind: what")
        + AGE
        + form("kind: place", "ask_if: {question: here, any_of: [no]}")
    )
    assert "kind of question 'here'" in only_problem(text)


def test_free_text_from_13_needs_the_setting_and_a_known_age() -> None:
    allowed = HEAD.replace("screens:", "free_text_from_age: 13\nscreens:") + OPENING + AGE
    assert load(allowed + form("kind: text", "min_age: 13"), name="x").free_text_from_age == 13
    assert "lets under 13s" in only_problem(allowed + form("kind: text"))
    assert "neither 13 nor 16" in only_problem(allowed.replace("from_age: 13", "from_age: 12"))


def test_each_attribute_is_asked_once() -> None:
    gender = form("kind: single", "attribute: gender", *CHOICES)
    text = HEAD + OPENING + AGE + gender + gender.replace("key: q", "key: r").replace("s2", "s3")
    assert "'gender' is asked by 'q' too" in only_problem(text)


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ("  en: {reviewed: true}", "language 'en' lacks 'direction'"),
        ("  en: {direction: down, reviewed: true}", "direction of language 'en' is 'down'"),
        ("  ro: {direction: ltr, reviewed: true}", "English is not declared"),
        ("  en: {direction: ltr, reviewed: true}\n  Klingon: {direction: ltr, reviewed: true}", "no"),
    ],
)
def test_every_language_has_a_tag_a_direction_and_a_state(languages: str, message: str) -> None:
    text = f"slug: small\ntitle: Small\nlanguages:\n{languages}\nscreens:\n" + OPENING.replace(", ur: ہاں", "").replace(
        ', ur: "{place} پر محفوظ؟"', ""
    )
    text += AGE
    assert message in only_problem(text)


# hostile and broken files


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("a: [1", "this is not YAML"),
        ("a: 1\n---\nb: 2", "this is not YAML"),
        ("a: \x00", "this is not YAML"),
        ("a: *nobody", "this is not YAML"),
        ("x" * 200_001, "the file is too long"),
        ("[" * 5000, "lists inside lists go too deep"),
        ("a: &a [*a]", "unfolds into too many values"),
        ("a: &a {b: *a}", "unfolds into too many values"),
        ("- words", "the questionnaire is not a list of 'name: value' lines"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_kindly(text: str, message: str) -> None:
    assert message in only_problem(text)


def test_a_file_that_unfolds_into_millions_of_values_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "unfolds into too many values" in only_problem("\n".join(lines))


def test_a_tag_that_would_build_an_object_is_refused_and_builds_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    marker = tmp_path / "made"
    text = HEAD + OPENING.replace("label: No", f"label: !!python/object/apply:os.mkdir ['{marker}']")
    assert any("tag" in problem and "not allowed" in problem for problem in found(text))
    assert not marker.exists()


def test_a_name_that_stands_twice_is_refused_with_both_lines() -> None:
    text = HEAD.replace("title: Small\n", "title: Small\ntitle: Large\n") + OPENING + AGE
    assert only_problem(text) == "small.yaml line 3: 'title' stands twice: keep one of them (the first is on line 2)"


def test_there_are_bounds_on_questions_and_options() -> None:
    many = "".join(f"          - {{key: o{n}, label: O}}\n" for n in range(60))
    assert "has 63 options" in only_problem(HEAD + OPENING + many + AGE)
    screens = "".join(form("kind: place", key=f"x{n}").replace("key: q", f"key: q{n}") for n in range(99))
    assert "there are 101 questions" in only_problem(HEAD + OPENING + AGE + screens)


# there and back


@settings(max_examples=60)
@given(questionnaires())
def test_export_then_import_is_identity(made: Questionnaire) -> None:
    again = load(dump(made), name="dumped.yaml")
    assert again == made
    assert from_definition(json.loads(json.dumps(to_definition(made)))) == made
    assert digest(again) == digest(made)


def test_a_digest_tells_any_two_wordings_apart_and_not_two_layouts() -> None:
    made = load(HEAD + OPENING + AGE, name="x")
    laid_out_anew = "# a remark\n" + HEAD + OPENING.replace("label: No", 'label:  {en: "No"}') + AGE
    assert digest(made) == digest(load(laid_out_anew, name="x"))
    stored_in_another_order = replace(made, languages=dict(reversed(made.languages.items())))
    assert digest(made) == digest(stored_in_another_order)
    assert digest(made) != digest(load(HEAD + OPENING.replace("label: No", "label: Not") + AGE, name="x"))
    assert digest(made) != digest(load(HEAD.replace("reviewed: false", "reviewed: true") + OPENING + AGE, name="x"))


def test_letters_typed_in_two_parts_are_the_same_letters() -> None:
    decomposed = load(HEAD + OPENING.replace("label: No", "label: Cafe\u0301") + AGE, name="x")
    assert decomposed == load(HEAD + OPENING.replace("label: No", "label: Caf\u00e9") + AGE, name="x")


def test_a_stored_definition_is_checked_without_lines() -> None:
    definition = to_definition(load(HEAD + OPENING + AGE, name="x"))
    definition["screens"][0]["questions"][0]["kind"] = "text"
    with pytest.raises(QuestionnaireError, match=r"^small: "):
        from_definition(definition)


# wordings that a series hangs on


def test_a_frozen_question_may_be_translated_but_not_reworded_dropped_or_thawed() -> None:
    frozen = HEAD + OPENING + AGE + form("kind: single", "frozen: true", *CHOICES)
    before = load(frozen, name="x")
    for change, broken in [
        (("wording: Q?", 'wording: {en: "Q?", ur: "س؟"}'), ()),
        (("Safe here?", "Are you safe here?"), ()),
        (("wording: Q?", "wording: Really?"), ("q",)),
        (("key: a, label: A", "key: b, label: A"), ("q",)),
        (("frozen: true", "frozen: false"), ("q",)),
        (("key: q\n", "key: r\n"), ("q",)),
    ]:
        assert changed_frozen(before, load(frozen.replace(*change), name="x")) == broken, change


# ages


@pytest.mark.parametrize(
    ("band", "least"),
    [("under_13", 0), ("13-15", 13), ("13-17", 13), ("16-17", 16), ("65+", 65),
     ("prefer_not_to_say", None), ("_skipped", None), ("_not_asked", None), (None, None), ("99", None)],
)  # fmt: skip
def test_the_least_age_of_a_band_is_its_youngest_and_unknown_stays_unknown(band: str | None, least: int | None) -> None:
    assert least_age(band) == least

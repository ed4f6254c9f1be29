"""`relevant` expressions: what they mean for people's answers, what cannot be read, there and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.surveys.questionnaire import AnyOf, Condition, Kind
from community.surveys.xlsform.relevance import CannotRead, read, write

KINDS = {"a": Kind.single, "b": Kind.scale, "m": Kind.multiple}


@pytest.mark.parametrize(
    ("expression", "conditions"),
    [
        ("${a} = 'x'", (Condition("a", ("x",)),)),
        ('${a}="x"', (Condition("a", ("x",)),)),
        ("${ a } = ‘x’", (Condition("a", ("x",)),)),
        ("${a} != 'x'", (Condition("a", (), ("x",)),)),
        ("selected(${m}, 'x')", (Condition("m", ("x",)),)),
        ("not(selected(${m}, 'x'))", (Condition("m", (), ("x",)),)),
        ("${a} = 'x' or ${a} = 'y'", (Condition("a", ("x", "y")),)),
        ("${a} = 'x' and ${b} = 'y'", (Condition("a", ("x",)), Condition("b", ("y",)))),
        ("(${a} = 'x' or ${b} = 'y')", (AnyOf((Condition("a", ("x",)), Condition("b", ("y",)))),)),
        ("not(${a} = 'x' or ${a} = 'y')", (Condition("a", (), ("x", "y")),)),
        ("not(${a} = 'x' or ${b} = 'y')", (Condition("a", (), ("x",)), Condition("b", (), ("y",)))),
        ("not(${a} = 'x' and ${b} = 'y')", (AnyOf((Condition("a", (), ("x",)), Condition("b", (), ("y",)))),)),
        ("not(not(${a} = 'x'))", (Condition("a", ("x",)),)),
    ],
)
def test_an_expression_is_read_as_our_conditions(expression: str, conditions: object) -> None:
    assert read(expression) == conditions


@pytest.mark.parametrize(
    ("expression", "message", "fix"),
    [
        ("${a} > 3", "'>' cannot be used", "not on numbers"),
        ("${a} = x", "x stands without quotes", "write 'x'"),
        ("${a} = ''", "left empty", "name a choice"),
        ("${a} =", "breaks off", "to the end"),
        ("${a} 'x'", "cannot stand there", "write it like"),
        ("count-selected(${m}) > 1", "'count-selected' cannot stand there", "write it like"),
        ("${a} = 'x' ${b} = 'y'", "'b' cannot stand there", "write it like"),
        ("a = 'x'", "'a' cannot stand there", "write it like ${robbed}"),
        ("(${a} = 'x'", "breaks off", "to the end"),
        ("'", '"\'" is not understood', "write it like"),
        ("(" * 30 + "${a}='x'" + ")" * 30, "go too deep", "fewer steps"),
        (" or ".join(f"(${{a}} = '{n}' and ${{b}} = '{n}')" for n in range(6)), "too many cases", "split"),
    ],
)
def test_what_we_cannot_mean_is_refused_with_what_to_write(expression: str, message: str, fix: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read(expression)
    assert message in refused.value.args[0]
    assert fix in refused.value.args[1]


# the same meaning, tried on every heap of answers

Answers = dict[str, frozenset[str]]
_options = st.sampled_from("xyz")
_literals = st.builds(
    lambda name, option, form: (name, option, form),
    st.sampled_from("abm"),
    _options,
    st.sampled_from(["=", "!=", "selected"]),
)
_trees = st.recursive(
    _literals,
    lambda inner: st.tuples(st.just("not"), inner) | st.tuples(st.sampled_from(["and", "or"]), inner, inner),
    max_leaves=5,
)
_answers = st.fixed_dictionaries(
    {"a": st.frozensets(_options, max_size=1), "b": st.frozensets(_options, max_size=1), "m": st.frozensets(_options)}
)


def _written(tree: tuple[object, ...]) -> str:
    match tree:
        case ("not", inner):
            return f"not({_written(inner)})"  # type: ignore[arg-type]
        case (("and" | "or") as word, left, right):
            return f"({_written(left)} {word} {_written(right)})"  # type: ignore[arg-type]
        case (name, option, "selected"):
            return f"selected(${{{name}}}, '{option}')"
        case (name, option, sign):
            return f"${{{name}}} {sign} '{option}'"
    raise AssertionError(tree)


def _true(tree: tuple[object, ...], answers: Answers) -> bool:
    match tree:
        case ("not", inner):
            return not _true(inner, answers)  # type: ignore[arg-type]
        case ("and", left, right):
            return _true(left, answers) and _true(right, answers)  # type: ignore[arg-type]
        case ("or", left, right):
            return _true(left, answers) or _true(right, answers)  # type: ignore[arg-type]
        case (name, option, sign):
            return (option in answers[str(name)]) == (sign != "!=")
    raise AssertionError(tree)


def _holds(parts: tuple[Condition | AnyOf, ...], answers: Answers) -> bool:
    def one(condition: Condition) -> bool:
        chosen = answers[condition.question]
        if condition.any_of:
            return bool(chosen & set(condition.any_of))
        return not chosen & set(condition.not_any_of)

    return all(
        any(one(condition) for condition in part.conditions) if isinstance(part, AnyOf) else one(part) for part in parts
    )


@settings(max_examples=300)
@given(_trees, _answers)
def test_our_conditions_hold_exactly_when_the_expression_does(tree: tuple[object, ...], answers: Answers) -> None:
    assert _holds(read(_written(tree)), answers) == _true(tree, answers)


@settings(max_examples=200)
@given(_trees)
def test_what_was_read_and_written_is_read_the_same_again(tree: tuple[object, ...]) -> None:
    once = read(_written(tree))
    again = read(write(once, KINDS.__getitem__))
    assert [_sorted(part) for part in again] == [_sorted(part) for part in once]


def _sorted(part: Condition | AnyOf) -> object:
    if isinstance(part, AnyOf):
        return frozenset(replace(c, any_of=tuple(sorted(c.any_of))) for c in part.conditions)
    return part

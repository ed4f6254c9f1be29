"""The language that rules are written in."""

from __future__ import annotations

import pytest

from community.bot.understanding.concepts import classes_of, lexicon, lexicon_of_rules
from community.bot.understanding.lists import read
from community.bot.understanding.normalising import plain
from community.bot.understanding.patterns import Patterns, parsed


def finds(pattern: str, text: str) -> bool:
    words = [".", *plain(text).words, "."]
    return bool(Patterns([(pattern, "found")]).found(words, [frozenset(), *classes_of(words[1:-1]), frozenset()]))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("hit me", "he hit me", True),
        ("hit me", "he hit a wall near me", False),
        ("hit ~ me", "he hit a wall near me", True),
        ("hit ~ me", "he hit one two three four me", False),
        ("hit ~~ me", "he hit one two three four me", True),
        ("hit ~ me", "he hit. me too", False),
        ("hit really? me", "hit me", True),
        ("hit really? me", "hit really me", True),
        ("hit|kick me", "kick me", True),
        ("strang* me", "he strangled me", True),
        ("strang* me", "the strange thing is me", False),
        (". help .", "help", True),
        (". help .", "help yourself", False),
        ("PARTNER ~ WEAPON", "my missus has a big kitchen knife", True),
        ("PARTNER ~ WEAPON", "iubitul meu are un cutit", True),
        ("PARTNER ~ WEAPON", "the waiter has a knife", False),
        ("one / two", "two", True),
        ("hitting me", "hittin me", True),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, found: bool) -> None:
    assert finds(pattern, text) is found


def test_a_gap_needs_something_after_it() -> None:
    with pytest.raises(ValueError, match="nothing follows the gap"):
        parsed("hit ~")


@pytest.mark.parametrize("name", ["danger", "cries", "harm", "ordinary", "errands", "facets"])
def test_every_pattern_of_a_list_can_be_read_and_names_classes_that_there_are(name: str) -> None:
    classes = set()
    for known in (lexicon(), lexicon_of_rules()):
        classes |= set().union(*known.words.values(), *known.stems.values())
        classes |= {cls for rest in known.phrases.values() for _, named in rest for cls in named}
    for kind, patterns in read(name).items():
        for written in patterns:
            for one in written.split(" / "):
                for part in parsed(one):
                    assert part.classes <= classes, f"{name}.yaml, {kind}: {one}"
                    assert part.words or part.classes or part.stems, f"{name}.yaml, {kind}: {one}"

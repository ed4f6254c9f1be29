"""What the rules say, which is written for our own files, in the words of a spreadsheet's columns. Pure."""

from __future__ import annotations

import re
from typing import Final

COLUMNS: Final = {
    "key": "name", "wording": "label", "kind": "type", "ask_if": "relevant", "slug": "form_id", "title": "form_title",
    "screens": "rows",
}  # fmt: skip
"""Part of our files -> the column where a spreadsheet has it, where the two differ."""
TYPES: Final = {
    "single": "select_one", "multiple": "select_multiple", "scale": "likert", "number": "integer", "place": "place",
    "text": "text",
}  # fmt: skip
_TYPE: Final = "|".join(TYPES)

_SENTENCES: Final = (
    ("give it 'style: buttons' and one question, so", "begin with one select_one, outside any group, so"),
    ("is not one question of buttons", "is not one question to tap"),
    ("open with a single choice or a scale", "open with select_one"),
    ("use single or multiple: options are groups", "use select_one or select_multiple: choices are groups"),
    ("add minimum and maximum, the smaller first", "write both in the column constraint, such as . >= 0 and . <= 10"),
    ("take 'last' out, or add 'shuffled: true'", "empty the cell, or write randomize=true in the column parameters"),
    ("take 'shuffled' out", "take randomize=true out"),
    ("add 'options:'", "add choices to its list"),
    ("add an option 'prefer_not_to_say'", "add a choice prefer_not_to_say to its list"),
    ("add 'wording_anywhere'", "fill in the column wording_anywhere"),
    ("add 'en: ...'", "write it in the column for English"),
    ("to the option", "of the choice"),
    (" at the top allows", " of the sheet settings allows"),
    ("or take the line out", "or take the row out"),
    ("in quotes if they have a ':' in them", "in one cell"),
)
_FORMS: Final = (
    (r"add '(\w+): \.\.\.'", "fill in the column {0}"),
    (r"take '(?:\w+)(?:: \w+)?' out", "empty the cell"),
    (r"take min_age, sensitive and ask_if out", "empty min_age, sensitive and relevant"),
    (r"(?:add|write) '(\w+): (\w+)'", "write {1} in the column {0}"),
    (r"'(\w+): (\w+)'", "{1} in the column {0}"),
    (rf"of kind ({_TYPE})\b", "of type {0}"),
    (r"lacks '(\w+)'", "has no {0}"),
    (r"\bkey '", "name '"),
    (r"\ba key of its own", "a name of its own"),
    (r"\boption key\b", "choice name"),
    (r"\bquestion key\b", "question name"),
    (r"\bwording of\b", "label of"),
)
"""What stands there -> what to say; the words found stand in by their number."""


def in_columns(words: str) -> str:
    """A message or a fix with columns and types instead of names in our files.

    >>> in_columns("add 'min_age: 16' to the option")
    'write 16 in the column min_age of the choice'
    """
    for ours, theirs in _SENTENCES:
        words = words.replace(ours, theirs)
    for form, told in _FORMS:
        words = re.sub(form, lambda found, told=told: told.format(*map(_theirs, found.groups())), words)  # type: ignore[misc]
    return words


def _theirs(word: str) -> str:
    return COLUMNS.get(word, TYPES.get(word, word))

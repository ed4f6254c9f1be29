"""Take out of free words what could point at a person, before the words are stored (trust C4).

`mask` finds telephone numbers, emails, web addresses, user names, number plates, postcodes down to the unit, street
addresses, card, NHS and other long numbers, and, as well as rules can, names. It leaves plain marks such as
"[phone removed]". Rules miss things: a person still reads a comment before it is shown to anyone outside. It errs
towards taking out too much.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from community.shared.masking import addresses, names, numbers, plates, streets
from community.shared.masking.view import MARKS, Span, look

__all__ = ["LONGEST_MARK", "MARKS", "Masked", "clean", "mask"]

LONGEST_MARK = max(len(mark) for mark in MARKS.values())
"""In characters. A masked text is at most (LONGEST_MARK + 1) times as long as what was written."""

_MOST_ROUNDS = 6
_KEPT_INVISIBLE = "\u200c\u200d"  # joiners that Urdu, Bengali and emoji are spelt with
_PARTIAL_NUMBER = re.compile(r"[\s\d().+/@_-]+\Z")


@dataclass(frozen=True)
class Masked:
    """text: the words with marks in place of personal details. kinds: what was taken out, keys of MARKS."""

    text: str
    kinds: frozenset[str]


def mask(text: str) -> Masked:
    """Replace personal details by marks. Masking a masked text changes nothing; time grows with length only.

    >>> mask("Call me on 07700 900 123, I'm near IG11").text
    "Call me on [phone removed], I'm near IG11"
    """
    kinds: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        masked = _once(text)
        if masked.text == text:
            break
        text = masked.text
        kinds |= masked.kinds
    return Masked(text, frozenset(kinds))


def clean(text: str, max_length: int) -> str:
    """Free words made fit to keep: composed (NFC), no control or hidden characters, white space folded to single
    spaces, at most max_length characters. A cut leaves no half word or half number behind."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(_printable(char) for char in composed)
    folded = " ".join(kept.split())
    if len(folded) <= max_length:
        return folded
    shortened = folded[:max_length]
    if not folded[max_length].isspace():
        half_a_detail = any(char.isdigit() or char == "@" for char in shortened)
        shortened = shortened.rpartition(" ")[0] or ("" if half_a_detail else shortened)
    return _PARTIAL_NUMBER.sub("", shortened)


def _printable(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc" or category[0] == "Z":
        return " " if char.isspace() else ""
    if category in ("Cf", "Cs") and char not in _KEPT_INVISIBLE:
        return ""
    return "" if char in "\ufffe\uffff" else char


def _once(text: str) -> Masked:
    view = look(text)
    found = [span for finder in (addresses, numbers, plates, streets, names) for span in finder.find(view.text)]
    pieces: list[str] = []
    done = 0
    spans = _apart(found)
    for span in spans:
        start, end = view.original(span.start, span.end)
        pieces += [text[done:start], MARKS[span.kind]]
        done = end
    return Masked("".join([*pieces, text[done:]]), frozenset(span.kind for span in spans))


def _apart(found: Iterable[Span]) -> list[Span]:
    """Overlapping finds become one, of the kind that stands first in MARKS."""
    rank = {kind: place for place, kind in enumerate(MARKS)}
    merged: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, span.end)):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, span.kind, key=rank.__getitem__)
            merged.append(Span(last.start, max(last.end, span.end), kind))
        else:
            merged.append(span)
    return merged

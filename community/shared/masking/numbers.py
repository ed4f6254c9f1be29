"""Telephone numbers, card numbers and other long numbers, however they are spaced or spelt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from community.shared.masking.view import Span

_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_BETWEEN_WORDS = frozenset({"dot", "dash", "space", "hyphen", "then", "plus"})
_LOOK_LIKE_DIGITS = str.maketrans("oOlI", "0011")
_PUBLIC_CODES = frozenset({"999", "101", "111", "112", "105", "119", "116", "123", "116123", "18000", "18001"})

_TOKEN = re.compile(r"(?P<digits>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<gap>[\W_]+)")
_GAP_STOPPERS = re.compile(r"[£$€%#@?!\x00\[\]]")
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1"
    # More digits soon after, unless they are a time or another date: perhaps a telephone number.
    r"(?:(?:19|20)\d\d|\d\d)(?!\d)(?![^\w£$€%#@?!:]{1,5}(?!\d{1,2}(?::\d\d(?!\d)|[/.-]\d{1,2}[/.-]\d\d))\d)"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)(?!-\d))"
)
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)(?!:\d)")
_SORT_CODE = re.compile(r"\bsort\s?code\b[^\d\x00]{0,12}(\d\d[\s.-]?\d\d[\s.-]?\d\d)(?!\d)", re.I)
_INSURANCE = re.compile(r"(?<![a-z0-9])[a-z]{2}(?:[\s.-]?\d\d){3}[\s.-]?[a-d](?![a-z0-9])", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True)
class _Group:
    """Digits that touch. gap: what stands between this group and the one before; currency: £ or like before it."""

    start: int
    end: int
    digits: str
    gap: str
    currency: bool


def find(seen: str) -> Iterator[Span]:
    """Every phone, card and other long number in a view. Public helplines, dates, years, times, sums of money and
    short numbers stay."""
    for match in _SORT_CODE.finditer(seen):
        yield Span(match.start(1), match.end(1), "number")
    for match in _INSURANCE.finditer(seen):
        yield Span(match.start(), match.end(), "number")
    for run in _runs(seen):
        yield from _judge(seen, run)


def _runs(seen: str) -> Iterator[list[_Group]]:
    """Runs of digit groups with nothing but spaces and marks between them."""
    stops = _stop_places(seen)
    run: list[_Group] = []
    gap, times = "", 1
    tokens = list(_TOKEN.finditer(seen))
    for i, token in enumerate(tokens):
        text = token.group()
        digits = "" if token.start() in stops and not _half_a_number(run) else _as_digits(tokens, i)
        if digits:
            before = seen[max(0, token.start() - 2) : token.start()]
            group = _Group(token.start(), token.end(), digits * times, gap, bool(re.search("[£$€]", before)))
            if run and not gap and run[-1].end == token.start():
                last = run.pop()
                group = _Group(last.start, token.end(), last.digits + group.digits, last.gap, last.currency)
            run.append(group)
            gap, times = "", 1
        elif token.lastgroup == "gap" and len(text) <= 5 and not _GAP_STOPPERS.search(text):
            gap += text
        elif token.lastgroup == "word" and text.lower() in _TIMES and times == 1:
            times = _TIMES[text.lower()]
        elif token.lastgroup == "word" and text.lower() in _BETWEEN_WORDS and run:
            gap += " "
        elif token.lastgroup == "word" and text.lower() == "hundred" and run and len(run[-1].digits) == 1:
            last = run.pop()
            run.append(_Group(last.start, token.end(), last.digits + "00", last.gap, last.currency))
            gap = ""
        else:
            if run:
                yield run
            run, gap, times = [], "", 1
    if run:
        yield run


def _stop_places(seen: str) -> frozenset[int]:
    """Where the groups of dates and clock times begin: they end a run."""
    matches = [*_DATE.finditer(seen), *_CLOCK.finditer(seen)]
    return frozenset(place for match in matches for place in range(match.start(), match.end()))


def _half_a_number(run: list[_Group]) -> bool:
    """Whether a phone number has begun and is not yet whole, so that what looks like a date is more of it."""
    left = 0
    for group in reversed(run):
        left += len(group.digits)
        if left > 10:
            return False
        if group.digits[0] == "0":
            return True
    return False


def _as_digits(tokens: list[re.Match[str]], i: int) -> str:
    """The digits one token stands for: its own, a spelt one, or letters that pass for 0 and 1 beside real digits."""
    token = tokens[i]
    text = token.group()
    if token.lastgroup == "digits":
        return text
    if token.lastgroup != "word" or len(text) > 8:
        return ""
    if not text.strip("oOlI") and _beside_digits(tokens, i):
        return text.translate(_LOOK_LIKE_DIGITS)
    return _DIGIT_WORDS.get(text.lower(), "")


def _beside_digits(tokens: list[re.Match[str]], i: int) -> bool:
    return any(0 <= j < len(tokens) and tokens[j].lastgroup == "digits" for j in (i - 1, i + 1))


def _judge(seen: str, run: list[_Group]) -> Iterator[Span]:
    """Find the personal numbers in one run. A phone number takes the rest of its run with it."""
    left = sum(len(group.digits) for group in run)
    first = 0
    personal: list[_Group] = []
    if _counts_up(run):
        return
    while first < len(run):
        group = run[first]
        plus = "+" in seen[max(0, group.start - 3) : group.start]
        public = 0 if plus else _public_groups(run, first)
        if public:
            left -= sum(len(kept.digits) for kept in run[first : first + public])
            first += public
        elif _opens_phone(run, first, left, plus):
            start = group.start
            while start and seen[start - 1] in "+( " and group.start - start < 3:
                start -= 1
            while seen[start] == " ":
                start += 1
            yield Span(start, run[-1].end, "phone")
            break
        else:
            personal.append(group)
            left -= len(group.digits)
            first += 1
    yield from _long_numbers(personal)


def _opens_phone(run: list[_Group], first: int, left: int, plus: bool) -> bool:
    """Whether a telephone number starts here. left: digits from here to the end of the run."""
    digits = run[first].digits
    together = "".join(group.digits for group in run[first : first + 12])[:12]
    if _all_years(run[first : first + 12]):
        return False
    return (
        (plus and left >= 7)
        or (digits[0] == "0" and left >= 9)
        or (together.startswith(("44", "0044")) and 11 <= left <= 14)
        or (digits[0] == "7" and left == 10 and "," not in "".join(group.gap for group in run[first + 1 :]))
        or _is_london_local(run, first, left)
    )


def _is_london_local(run: list[_Group], first: int, left: int) -> bool:
    """Four digits and four digits, as Londoners write a number without its 020."""
    pair = run[first : first + 2]
    return (
        left == 8
        and (first == 0 or len(run[first - 1].digits) < 4)
        and [len(group.digits) for group in pair] == [4, 4]
        and pair[0].digits[0] in "378"
        and not all(group.digits.endswith("00") for group in pair)
    )


def _public_groups(run: list[_Group], first: int) -> int:
    """How many groups from here make a public line that may stay (0800, 0808, 03, 116 123, 999 ...); 0 if none does."""
    if run[first].digits in _PUBLIC_CODES:
        return 1
    together = ""
    for count, group in enumerate(run[first : first + 6], start=1):
        together += group.digits
        if together == "08001111" or (together.startswith(("0800", "0808", "03")) and len(together) in (10, 11)):
            following = run[first + count : first + count + 1]
            if len(together) == 10 and following and len(following[0].digits) == 1:
                continue
            return count
        if len(together) > 11:
            break
    return 0


def _long_numbers(groups: list[_Group]) -> Iterator[Span]:
    """Cards and numbers among the groups that open no phone number and are no public line."""
    sizes = [len(group.digits) for group in groups]
    total = sum(sizes)
    digits = "".join(group.digits for group in groups)
    listed = any("," in group.gap or "/" in group.gap for group in groups[1:])
    if len(groups) > 1 and not listed and not _all_years(groups):
        card = 13 <= total <= 19 and (_luhn(digits) or sizes in ([4, 4, 4, 4], [4, 6, 5]))
        grouped = total >= 9 and min(sizes) >= 3 and (total >= 10 or max(sizes) >= 5)
        if card or grouped or (sizes == [1] * total and total >= 8):
            yield Span(groups[0].start, groups[-1].end, "card" if card else "number")
            return
    for group in groups:
        if _is_long(group):
            card = 13 <= len(group.digits) <= 19 and _luhn(group.digits)
            yield Span(group.start, group.end, "card" if card else "number")


def _is_long(group: _Group) -> bool:
    """Six digits or more that touch, unless they are a sum of money or a round figure."""
    if group.currency or (group.digits.endswith("000") and group.digits[0] != "0" and len(group.digits) <= 9):
        return False
    return len(group.digits) >= 6


def _all_years(groups: list[_Group]) -> bool:
    return all(
        _YEAR.match(group.digits) or (group.digits.endswith("00") and group.digits[0] != "0") for group in groups
    )


def _counts_up(run: list[_Group]) -> bool:
    """1 2 3 4 5, or 0 10 20 30: a scale, not a number to ring."""
    if len(run) < 4 or any(len(group.digits) > 3 for group in run):
        return False
    steps = {int(b.digits) - int(a.digits) for a, b in pairwise(run)}
    return len(steps) == 1 and steps != {0}


def _luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B)."""
    doubled = [int(d) * 2 if i % 2 else int(d) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0

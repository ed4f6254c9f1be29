"""One form as it was sent, read field by field: what is right is kept, what is not is told in words to act on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from community.shared.masking import clean

Values = Mapping[str, Sequence[str]]

MOST_SHOWN: Final = 300
"""Characters of a wrong value that are shown again."""
MOST_VALUES: Final = 60
_MARKUP: Final = re.compile(
    r"[<>{}\[\]\\]|://|\bwww\.|\bhref\b|\w\.(?:com|net|org|info|biz|ru|cn|xyz|top|online|site|shop|io|co\.uk)\b", re.I
)
_EMAIL: Final = re.compile(r"[\w.+'&/-]+@(?:[\w-]+\.)+[\w-]{2,}")
"""Narrower than what mail allows: =?...? in an address is read as coded text, in which a line's end could hide."""
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]{8,24}")
NO_LINKS: Final = "Leave out web addresses and signs such as < and >."


@dataclass
class Filled:
    """sent: field -> values as they came. errors: (id of the field, words), in the order of the page. kept: field ->
    values that were right. stay: the same screen comes again although nothing is wrong."""

    sent: Values
    errors: list[tuple[str, str]] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    stay: bool = False

    def wrong(self, name: str, words: str) -> None:
        self.errors.append((name, words))

    def raw(self, name: str) -> str:
        """What was sent, without the white space around it."""
        return next(iter(self.sent.get(name, ())), "").strip()

    def shown_again(self) -> dict[str, list[str]]:
        """What was sent, fit to be shown once more or saved: clean, and not too long."""
        fields = [name for name in list(self.sent)[:MOST_VALUES] if not name.startswith("_")]
        return {name: [clean(value, MOST_SHOWN) for value in self.sent[name][:MOST_VALUES]] for name in fields}

    def text(self, name: str, *, most: int, missing: str | None) -> str:
        """Words on one line. missing: said when there are none; None where there need be none."""
        typed = self.raw(name)
        words = clean(typed[: most * 8], most * 4)
        if not words and missing:
            self.wrong(name, missing)
        elif _MARKUP.search(words):
            self.wrong(name, NO_LINKS)
        elif len(words) > most or len(typed) > most * 8:
            self.wrong(name, f"Use {most} letters or fewer.")
        else:
            self.kept[name] = [words]
            return words
        return ""

    def email(self, name: str, *, missing: str | None) -> str:
        typed = self.raw(name)
        if not typed and missing:
            self.wrong(name, missing)
        elif typed and (len(typed) > 254 or not _EMAIL.fullmatch(typed) or not typed.isprintable()):
            self.wrong(name, "Enter an email address, such as name@shop.example.")
        else:
            self.kept[name] = [typed]
            return typed
        return ""

    def phone(self, name: str) -> str:
        """A phone number; it may be left empty."""
        typed = self.raw(name)
        if typed and not _PHONE.fullmatch(typed):
            self.wrong(name, "Enter a phone number, such as 020 8215 3000, or leave it empty.")
            return ""
        self.kept[name] = [typed]
        return typed

    def choice(self, name: str, options: Collection[str], *, missing: str | None) -> str:
        chosen = self.raw(name)
        if chosen in options:
            self.kept[name] = [chosen]
            return chosen
        if missing:
            self.wrong(name, missing)
        return ""

    def choices(self, name: str, options: Collection[str]) -> list[str]:
        """Those that were ticked, in the order of the options; what is no option is left out."""
        ticked = set(self.sent.get(name, ())[:MOST_VALUES])
        self.kept[name] = [option for option in options if option in ticked]
        return self.kept[name]

    def number(self, name: str, *, least: int, most: int, missing: str) -> int | None:
        typed = self.raw(name)
        if re.fullmatch(r"[0-9]{1,6}", typed) and least <= int(typed) <= most:
            self.kept[name] = [str(int(typed))]
            return int(typed)
        self.wrong(name, f"Enter a whole number from {least} to {most}." if typed else missing)
        return None

    def day(self, name: str, *, missing: str, first: date, last: date, outside: str) -> date | None:
        """A day in three fields: {name}-day, -month, -year. outside: said when it is not from first to last."""
        typed = [self.raw(f"{name}-{part}") for part in ("day", "month", "year")]
        found = day_of(*typed)
        if found is None:
            self.wrong(f"{name}-day", "Enter a day that there is, such as 25 12 2026." if any(typed) else missing)
        elif not first <= found <= last:
            self.wrong(f"{name}-day", outside)
        else:
            self.kept |= {
                f"{name}-{part}": [value] for part, value in zip(("day", "month", "year"), typed, strict=True)
            }
            return found
        return None


def day_of(day: str, month: str, year: str) -> date | None:
    """A day from its three fields; None when there is no such day."""
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in (day, month, year)):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def first(values: Values, name: str) -> str:
    """The one value of a field; "" when there is none."""
    return next(iter(values.get(name, ())), "")

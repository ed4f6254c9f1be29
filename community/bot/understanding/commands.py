"""Words that steer this service: STOP and its kind, START, MENU. Told before any model is asked.

A command is the whole message or nothing: "stop" is one, "stop him he's hitting her" is a cry for help."""

from __future__ import annotations

import re
from functools import cache

from community.bot.understanding.lists import read
from community.bot.understanding.normalising import Plain, plain

_MOST_WORDS = 18
_POLITE = frozenset(
    ("please", "thanks", "thank", "ta", "cheers", "ok", "okay", "now", "mate", "bro", "fam", "guys", "there")
)
_BARE_STOP = frozenset(("stop", "end", "quit"))
"""Beside these a please or a now may beg somebody to stop: that is none of ours. Who wants no more texts writes STOP,
or says that texts shall stop."""
_TO_US = frozenset(("thanks", "thank", "ta", "cheers"))
"""Said to us for sure, since nobody thanks who begs."""
_ONE_LETTER = re.compile(r"[^\w]*[a-z][^\w]*")
"""Tells nothing: the letters that answer a question of ours are heard before."""
_FIRST = ("stop", "start", "menu", "privacy", "safe_haven", "survey", "smalltalk")


def command_in(message: Plain) -> str | None:
    """The errand that the whole message is, or None. "" and signs alone are a menu."""
    words = tuple(word for word in message.words if word != ".")
    if not words or _ONE_LETTER.fullmatch(message.raw):
        return "menu"
    if len(words) > _MOST_WORDS:
        return None
    bare = " ".join(word for word in words if word not in _POLITE)
    said = " ".join(words)
    exact, patterns = _lists()
    for phrase in (said, bare):
        if phrase in exact and not (phrase in _BARE_STOP and set(words) - {phrase} - _TO_US):
            return exact[phrase]
    return next((topic for topic, pattern in patterns if pattern.fullmatch(said)), None)


@cache
def _lists() -> tuple[dict[str, str], list[tuple[str, re.Pattern[str]]]]:
    """Whole messages -> errand, written as messages are read; and patterns over such messages."""
    lists = read("commands")
    exact = {}
    for topic in reversed(_FIRST):
        for line in lists[topic].get("whole", ()):
            exact[" ".join(word for word in plain(line).words if word != ".")] = topic
    patterns = [(topic, re.compile(pattern)) for topic in _FIRST for pattern in lists[topic].get("patterns", ())]
    return exact, patterns

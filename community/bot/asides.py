"""The few short words of a talk that mean something only as the next message: 1, 2, more, "what about women".

Whole messages or nothing. What they mean on their own is for `understanding` to say."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Aside(StrEnum):
    """go_on and not_safe answer "Safe to text?"; "not safe" alone is no such answer, since it may tell of danger. talk:
    somebody to talk to, whatever about. haven: the one word that may mean two things. who: who sees this. deaf:
    somebody cannot hear a call. meaning: what was meant."""

    go_on = "go on"
    not_safe = "not safe"
    more = "more"
    talk = "talk"
    women = "women"
    men = "men"
    haven = "haven"
    survey = "survey"
    who = "who"
    deaf = "deaf"
    meaning = "what do you mean"


_FOR: Final = "(?:what about |and |for |is there one for |anything for |one for |im |i am )?(?:a )?"
_SAID: Final = {
    Aside.go_on: """1|one|1 yes|yes|yes 1|y|ye|yh|yeah|yea|yep|yup|yess+|ok yes|yes please|yes it is|yes its safe|
        its safe|it is safe|safe|ok|okay|k|sure|go on|im safe|i am safe|i am alone|im alone|alone|for now|yes for now|
        da|tak|oui|sim|evet|haan?|taip|po""",
    Aside.not_safe: """2|two|2 no|no|no 2|n|na|nah|nope|not now|no not now|
        (?:2 |no )?(?:its |it is )?not safe to text(?: me)?|nu|nie|non|hayir|ne|jo""",
    Aside.more: """more|more please|others?|others please|another|another one|next|any(?:one|body) else|who else|
        any others?|any more|anything else|what else|more numbers|other numbers?|another number|different one""",
    Aside.talk: """talk|talk to some(?:one|body)|i (?:want|need) to talk|some(?:one|body) to talk to|
        can i talk to some(?:one|body)|need to talk|numbers|phone number|a number|helplines?|counsell(?:or|ing)""",
    Aside.women: _FOR + "(?:wom[ae]n|girls?|females?|lad(?:y|ies))",
    Aside.men: _FOR + "(?:m[ae]n|boys?|males?|guys?|blokes?|lads?)",
    Aside.haven: "(?:the )?havens?",
    Aside.survey: "survey|the survey|do the survey|take part",
    Aside.who: "who|who sees this|who can see this|who reads this",
    Aside.deaf: """(?:(?:im|i am) )?(?:deaf|hard of hearing|a deaf person)|i (?:cant|cannot) hear|bsl|i use bsl|
        (?:im|i am) deaf i use bsl|sign language|i sign""",
    Aside.meaning: """what do (?:you|u) mean(?: by that)?|what does (?:that|this|it) mean|wdym|meaning|explain|
        what is (?:that|this) number|what are (?:these|those)(?: numbers)?|what is that|whats that|who are they|
        who are these(?: people)?|i dont (?:get|understand)(?: it| that| this)?|dont understand|
        dont get it|what|huh|eh""",
}
_PATTERNS: Final = {aside: re.compile(re.sub(r"\|\n *", "|", said)) for aside, said in _SAID.items()}
_SIGNS: Final = re.compile(r"[^\w\s]+")
_MOST: Final = 60


def aside_in(text: str) -> Aside | None:
    """The aside that the whole message is, or None.

    >>> aside_in("1.").value, aside_in(" MORE please ").value, aside_in("more than I can bear")
    ('go on', 'more', None)
    """
    if len(text) > _MOST:
        return None
    said = " ".join(_SIGNS.sub(" ", text.replace("'", "").replace("’", "").casefold()).split())
    return next((aside for aside, pattern in _PATTERNS.items() if pattern.fullmatch(said)), None)

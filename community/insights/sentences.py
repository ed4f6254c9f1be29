"""The sentences of the needs assessment's section, each with its number, range and base. Pure; plain English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from community.insights.assessed import TEENS, Asked, Gathered, folded
from community.insights.printed import TOO_FEW, Form, Printed

HELP = "help"
NOT_ASKED, NO_ANSWER = "not asked", "nobody gave an answer"
ALL_LEFT, SOME_LEFT = "everyone left before it", "some were not asked, the others left before it"
_WHY_NONE = {
    NOT_ASKED: "was not asked",
    NO_ANSWER: "was asked, and nobody gave an answer",
    ALL_LEFT: "has no answers: everyone left before it",
    SOME_LEFT: "has no answers: some were not asked, and the others left before it",
}
_BY_DAY_AND_DARK = {"safe_day": "during the day", "safe_dark": "after dark"}


def long_date(day: date) -> str:
    """1 November 2023, whatever the machine's language."""
    return f"{day.day} {month_of(day)}"


def month_of(day: date) -> str:
    """November 2023."""
    months = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    return f"{months[day.month - 1]} {day.year}"


def share_of(asked: Asked, form: Form, *options: str) -> Printed:
    """The share who chose one of these options of a single choice. Several: as `assessed.SUMS` adds them up."""
    return form.cells(asked.printable())["+".join(options)]


def opening(gathered: Gathered, form: Form) -> str:
    """The paragraph in the form the strategy used: how many, how old, how safe in the borough, and robbery."""
    period = f"From {long_date(gathered.first)} to {long_date(gathered.last)}"
    borough = gathered.newest("safe_in_borough")
    if borough is None:
        words = [f"{period}, {_people(form, gathered.responses)} answered. {_none(gathered, 'safe_in_borough')}"]
    else:
        words = [f"{period}, {_people(form, borough.base)} told us whether they feel safe in the borough."]
    words.append(_ages(gathered, form, borough))
    if borough is not None:
        words.append(f"Overall, {share_of(borough, form, 'no').who('did not feel safe in the borough')}.")
    words.append(_robbery(gathered, form, borough))
    return " ".join(words)


def here(gathered: Gathered, form: Form) -> str:
    """How safe people feel at the place where they were; a question of its own."""
    asked = gathered.newest("safe_here")
    if asked is None:
        return _none(gathered, "safe_here")
    share = share_of(asked, form, "fairly_unsafe", "very_unsafe")
    unsafe = share.who("felt fairly or very unsafe there")
    return (
        f"Asked about the place where they were, {unsafe} ({_people(form, asked.base)} answered). That is a different "
        "question, about one place at a time, and is never added to the one about the borough."
    )


def day_and_dark(gathered: Gathered, form: Form) -> str:
    """How safe people feel outside in their area."""
    said = []
    for key, when in _BY_DAY_AND_DARK.items():
        asked = gathered.newest(key)
        if asked is not None:
            share = share_of(asked, form, "very_safe", "fairly_safe")
            said.append(
                f"{share.who(f'felt very or fairly safe outside {when}')} ({_people(form, asked.base)} answered)"
            )
    if not said:
        both = [one for key in _BY_DAY_AND_DARK for one in gathered.asked.get(key, ())]
        return f"How safe people feel outside by day and after dark {why_none(both)}."
    return _sentence("; ".join(said))


def _ages(gathered: Gathered, form: Form, borough: Asked | None) -> str:
    found = gathered.newest("age")
    if found is None:
        return _none(gathered, "age")
    ages = folded(found)
    teens, young = share_of(ages, form, TEENS), share_of(ages, form, "18-21")
    said = f"{teens.who('were aged 13 to 17', bare=True)} and {young.who('were aged 18 to 21', bare=True)}"
    if teens.percent is None and young.percent is None and teens.words == young.words == TOO_FEW:
        said = "too few people answered to say what share were aged 13 to 17 or 18 to 21"
    return _sentence(_of_whom(form, ages, borough, "gave their age") + said)


def _robbery(gathered: Gathered, form: Form, borough: Asked | None) -> str:
    asked = gathered.newest("robbed")
    if asked is None:
        return _none(gathered, "robbed")
    either, own = share_of(asked, form, "me", "someone_i_know", "both"), share_of(asked, form, "me", "both")
    return _sentence(
        _of_whom(form, asked, borough, "answered about robbery")
        + either.who("had been robbed in the borough or knew someone who had been")
        + "; "
        + own.who("said it had happened to them")
    )


def _of_whom(form: Form, asked: Asked, borough: Asked | None, did: str) -> str:
    """Says the base where it is not the one already said."""
    if borough is not None and form.count(asked.base) == form.count(borough.base):
        return ""
    return f"of the {_people(form, asked.base)} who {did}, "


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _people(form: Form, n: int) -> str:
    words = form.count(n)
    return f"{words} person" if words == "1" else f"{words} people"


def _none(gathered: Gathered, key: str) -> str:
    """That there is no figure, and why: never a 0."""
    wordings = gathered.asked.get(key, ())
    wording = wordings[0].wording if wordings else key
    return f"“{wording}” {why_none(wordings)}."


def why_none(wordings: Sequence[Asked]) -> str:
    """Why a question has no figure, after its words: "was not asked"."""
    return _WHY_NONE[none_because(wordings)]


def none_because(wordings: Sequence[Asked]) -> str:
    """The same in a table's cell. Who left before a question was on the way to it: that is not "not asked". Somebody
    who met it and said nothing outweighs both."""
    if any(one.missing.skipped or one.missing.prefer_not_to_say or one.missing.dont_know for one in wordings):
        return NO_ANSWER
    if not any(one.missing.left for one in wordings):
        return NOT_ASKED
    return SOME_LEFT if any(one.missing.not_asked for one in wordings) else ALL_LEFT

"""Tallies counted anew from the stored answers, in SQL that shares nothing with the code that keeps them.

Each comparison is one statement: the answers and the tally rows of one wave and attribute go into one sum by key, and
keys whose two sums differ come out. The database sorts them, on disk when it must; we hold a handful of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from community.extensions import db
from community.shared.database import dialect

MONTH_OF: Final = {"sqlite": "date(day, 'start of month')", "postgresql": "cast(date_trunc('month', day) as date)"}
"""The first of a day's month, in each engine's words."""
_GROUP_OF: Final = {
    "daypart": "r.daypart",
    "channel": "r.channel",
    "poster": "coalesce(cast(r.poster_id as varchar(20)), '-')",
}
_KEY: Final = "question, place, day, chosen, grp, flagged"
_WHERE_AND_WHEN: Final = (
    "coalesce(r.place_id, 0) as place, r.answered_on as day, {chosen} as chosen, {group} as grp, "
    "case when r.flags > 0 then 1 else 0 end as flagged"
)
_TALLIED: Final = (
    'select question, place_id as place, {day} as day, "option" as chosen, grp, flagged, '
    "{recounted} as recounted, {tallied} as tallied from tally where wave_id = :wave and attribute = :attribute"
)


@dataclass(frozen=True)
class Difference:
    """A key under which the recount and the tally differ. span: D for a day, M for a month."""

    wave_id: int
    attribute: str
    span: str
    question: str
    place_id: int
    day: str
    option: str
    group: str
    flagged: int
    recounted: int
    tallied: int


@dataclass(frozen=True)
class Compared:
    """How many keys were compared, how many differ, and the first of those."""

    keys: int
    differing: int
    first: tuple[Difference, ...]


def attributes_tallied(wave_id: int) -> list[str]:
    """The attributes that tallies of a wave stand under, whatever they should be; a seek for each."""
    found: list[str] = []
    following = text("select min(attribute) from tally where wave_id = :wave and attribute > :last")
    while attribute := db.session.scalar(following, {"wave": wave_id, "last": found[-1] if found else ""}):
        found.append(attribute)
    return found


def compare_days(
    wave_id: int, attribute: str, *, asked_by: str | None, several: Mapping[str, Sequence[str]], limit: int
) -> Compared:
    """The day rows of an attribute against the stored answers. asked_by: the question that gives the attribute, None
    for what every response has. several: multiple-choice questions -> their options that are no answer."""
    values: dict[str, Any] = {"wave": wave_id, "attribute": attribute, "asked_by": asked_by}
    joined = "response r join answer a on a.response_id = r.id"
    group = _GROUP_OF.get(attribute, "g.option")
    if attribute not in _GROUP_OF:
        joined += " join answer g on g.response_id = r.id and g.question = :asked_by and substr(g.option, 1, 1) <> '_'"
    real = "substr(a.option, 1, 1) <> '_'"
    chosen = _WHERE_AND_WHEN.format(chosen="a.option", group=group)
    everything = "" if attribute == "daypart" else f" and {real}"  # what is missing is counted by daypart alone
    counted = [
        f"select a.question, {chosen}, 1 as recounted, 0 as tallied from {joined} where r.wave_id = :wave{everything}"
    ]
    for i, (question, none) in enumerate(several.items()):
        names = [f"none_{i}_{j}" for j in range(len(none))]
        values |= {f"several_{i}": question} | dict(zip(names, none, strict=True))
        answers = f" and a.option not in ({', '.join(':' + name for name in names)})" if names else ""
        base = _WHERE_AND_WHEN.format(chosen="'_answered'", group=group)
        counted.append(
            f"select a.question, {base}, count(distinct a.response_id), 0 from {joined} "
            f"where r.wave_id = :wave and a.question = :several_{i} and {real}{answers} "
            f"group by a.question, place, day, grp, flagged"
        )
    counted.append(_TALLIED.format(day="day", recounted="0", tallied="n") + " and span = 'D'")
    return _compare(counted, values, "D", limit)


def compare_months(wave_id: int, attribute: str, *, limit: int) -> Compared:
    """The month rows of an attribute against its day rows, which `compare_days` has tried."""
    closed = "(select coalesce(max(closed_before), '0001-01-01') from rollup)"  # in the same statement: one moment
    counted = [
        _TALLIED.format(day=MONTH_OF[dialect()], recounted="n", tallied="0") + f" and span = 'D' and day < {closed}",
        _TALLIED.format(day="day", recounted="0", tallied="n") + " and span = 'M'",
    ]
    return _compare(counted, {"wave": wave_id, "attribute": attribute}, "M", limit)


def _compare(counted: Sequence[str], values: Mapping[str, Any], span: str, limit: int) -> Compared:
    sums = (
        f"select {_KEY}, sum(recounted) as recounted, sum(tallied) as tallied "
        f"from ({' union all '.join(counted)}) both_ways group by {_KEY}"
    )
    keys, differing = db.session.execute(
        text(
            "select count(*), coalesce(sum(case when recounted <> tallied then 1 else 0 end), 0) "
            f"from ({sums}) compared where recounted <> 0 or tallied <> 0"
        ),
        values,
    ).one()
    first: tuple[Difference, ...] = ()
    if differing:
        rows = db.session.execute(
            text(f"{sums} having sum(recounted) <> sum(tallied) order by {_KEY} limit :limit"),
            {**values, "limit": limit},
        )
        first = tuple(
            Difference(
                values["wave"], values["attribute"], span, q, place, str(day), option, group, flagged, int(r), int(t)
            )
            for q, place, day, option, group, flagged, r, t in rows
        )
    return Compared(int(keys), int(differing), first)

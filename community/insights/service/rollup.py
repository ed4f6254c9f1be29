"""Each night: sums of closed months beside their days, and no row left that says nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from community.extensions import db
from community.insights.recount import MONTH_OF
from community.insights.spans import closable_before
from community.shared.database import dialect
from community.surveys import queries

_KEYS = 'wave_id, attribute, question, place_id, "option", grp, flagged'


def roll_up(today: date) -> date:
    """Sum every month that has ended, three whole days ago or more, into month rows; the first day still open.

    Flushed, not committed: the sums and the day they reach to become visible together. Zero rows go, and the slots
    of days that close are put together."""
    hold_back_old_writers()
    closed, until = queries.closed_before(), closable_before(today)
    db.session.execute(text("delete from tally where n = 0"))  # safe beside writers: a row they move is looked at anew
    if closed is not None and closed >= until:
        return closed
    bounds = {"since": closed or date.min, "until": until}
    _merge_slots(until)
    db.session.execute(
        text(
            f"insert into tally ({_KEYS}, span, day, slot, n) "
            f"select {_KEYS}, 'M', {MONTH_OF[dialect()]} as month, 0, sum(n) from tally "
            f"where span = 'D' and day >= :since and day < :until group by {_KEYS}, month having sum(n) <> 0"
        ),
        bounds,
    )
    db.session.execute(
        text(
            "insert into rollup (id, closed_before) values (1, :until) "
            "on conflict (id) do update set closed_before = excluded.closed_before"
        ),
        bounds,
    )
    return until


def hold_back_old_writers() -> None:
    """Wait for writers of old days, and let the next ones wait until this transaction ends.

    On PostgreSQL such a writer reads rollup FOR SHARE, which locks the table ROW SHARE even while it has no row;
    EXCLUSIVE is the weakest lock that conflicts, and plain readers pass. A writer let through afterwards sees the new
    closed_before, so it adds to the month too. On SQLite there is one writer at a time anyway."""
    if dialect() == "postgresql":
        db.session.execute(text("lock table rollup in exclusive mode"))


def _merge_slots(until: date) -> None:
    """One row for each key of the closed days and months, where PostgreSQL's writers had spread it over several, and
    none where they add up to nothing (an answer that was taken back)."""
    if dialect() == "sqlite":
        return
    keys = f"{_KEYS}, span, day"
    db.session.execute(
        text(
            f"create temp table closing on commit drop as select {keys}, sum(n) as n from tally where day < :until "
            f"group by {keys} having count(*) > 1 or min(slot) > 0"
        ),
        {"until": until},
    )
    same = " and ".join(f"t.{key} = c.{key}" for key in keys.split(", "))
    db.session.execute(text(f"delete from tally t using closing c where {same}"))
    db.session.execute(text(f"insert into tally ({keys}, slot, n) select {keys}, 0, n from closing where n <> 0"))
    db.session.execute(text("drop table closing"))

"""What the database holds after all that, read with plain SQL, and what it should hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

from community.shared.daily_keys import DailyKeys
from community.surveys.tickets import response_id, unseal, withdrawal_code
from tests.durability.respondents import Sent
from tests.rig.server import Site

_ANSWERS = """select r.id, a.question, a."option" from response r left join answer a on a.response_id = r.id
where r.channel = 'web'"""
_ORPHANS = "select count(*) from answer where response_id not in (select id from response)"
_NOT_A_MARK = "\"option\" not like '\\_%' escape '\\'"
_COUNTED = f"""select t.question, t."option", t.place_id, t.day, t.grp, sum(t.n) from tally t
where t.attribute = :attribute and t.span = 'D' and t.{_NOT_A_MARK}
group by t.question, t."option", t.place_id, t.day, t.grp having sum(t.n) <> 0"""
_RECOUNT = f"""select a.question, a."option", coalesce(r.place_id, 0), r.answered_on, {{group}}, count(*)
from response r join answer a on a.response_id = r.id {{join}} where a.{_NOT_A_MARK}
group by a.question, a."option", coalesce(r.place_id, 0), r.answered_on, {{group}}"""
_AGE_TOLD = f"join answer g on g.response_id = r.id and g.question = 'age' and g.{_NOT_A_MARK}"


@dataclass(frozen=True)
class Moment:
    """The database as it is at one moment, whoever is writing meanwhile."""

    connection: Connection

    def stored(self) -> dict[bytes, dict[str, set[str]]]:
        """id -> question -> options, of all that came by web; a response without answers stands with none."""
        found: dict[bytes, dict[str, set[str]]] = {}
        for id, question, option in self._rows(_ANSWERS):
            answers = found.setdefault(bytes(id), {})
            if question is not None:
                answers.setdefault(question, set()).add(option)
        return found

    def half_written(self) -> list[str]:
        """Everything that cannot be at any moment, whoever is in the midst of answering."""
        stored = self.stored().values()
        found = ["a response without its opening answer" for answers in stored if "safe_here" not in answers]
        if self._rows(_ORPHANS)[0][0]:
            found.append("answers without their response")
        return found + self._miscounted("channel", "r.channel") + self._miscounted("age", 'g."option"', _AGE_TOLD)

    def _miscounted(self, attribute: str, group: str, join: str = "") -> list[str]:
        """Every tally of an attribute that is not what the answers add up to."""
        counted = _keyed(self._rows(_COUNTED, attribute=attribute))
        real = _keyed(self._rows(_RECOUNT.format(group=group, join=join)))
        assert real, f"nothing to count by {attribute}"
        return [
            f"by {attribute} {key}: counted {counted[key]}, really {real[key]}"
            for key in counted.keys() | real.keys()
            if counted[key] != real[key]
        ]

    def _rows(self, sql: str, **values: str) -> list[Any]:
        return list(self.connection.execute(text(sql), values))


class Books:
    """The stored answers of one service. environ: what it runs with; today: the day its keys are read on."""

    def __init__(self, environ: dict[str, str], today: date) -> None:
        address = environ["DATABASE_URL"]
        level = "SERIALIZABLE" if address.startswith("sqlite") else "REPEATABLE READ"
        self.engine = create_engine(address, isolation_level=level)
        self.keys = DailyKeys(Path(environ["RUNTIME_DIR"]) / "keys")
        self.secret, self.today = environ["SECRET_KEY"], today

    @contextmanager
    def now(self) -> Iterator[Moment]:
        with self.engine.connect() as connection:
            yield Moment(connection)

    def id_of(self, sealed: str) -> bytes:
        """The id that a response sent with this ticket has: there is exactly one. Raises BadTicket, TicketExpired."""
        code = withdrawal_code(unseal(sealed, self.keys, today=self.today), self.keys, today=self.today)
        return response_id(code, self.secret)

    def half_written(self) -> list[str]:
        """Everything that cannot be at any moment."""
        with self.now() as moment:
            return moment.half_written()

    def faults(self, sent: Sequence[Sent]) -> list[str]:
        """Every way in which what is stored is not what was sent and thanked for."""
        with self.now() as moment:
            stored, found = moment.stored(), moment.half_written()
        attempted = {self.id_of(one.ticket): one for one in sent}
        if len(attempted) != len(sent):
            found.append("two forms made one response")
        for id, one in attempted.items():
            answers = stored.get(id)
            if answers is None:
                found += ["a thanked answer is not stored"] if one.thanked else []
                continue
            if answers.get("safe_here") != {one.option}:
                found.append(f"{one.option} was sent and {answers.get('safe_here')} is stored")
            if one.age_thanked and answers.get("age") != {one.age}:
                found.append(f"age {one.age} was thanked for and {answers.get('age')} is stored")
        return found + ["a response that nobody sent"] * len(stored.keys() - attempted.keys())

    def close(self) -> None:
        self.engine.dispose()


def verify(site: Site) -> dict[str, Any]:
    """What `insights verify` says. Raises CalledProcessError when a tally differs."""
    found: dict[str, Any] = json.loads(site.flask("insights", "verify", "--json"))
    return found


def _keyed(rows: Sequence[Any]) -> Counter[tuple[str, ...]]:
    # SQLite gives days as text, PostgreSQL as dates
    return Counter({tuple(str(value) for value in row[:-1]): int(row[-1]) for row in rows})

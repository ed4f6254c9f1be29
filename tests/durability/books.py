"""What the database holds after all that, read with plain SQL, and what it should hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from community.shared.daily_keys import DailyKeys
from community.surveys.tickets import response_id, unseal, withdrawal_code
from tests.durability.respondents import Sent
from tests.rig.server import Site

_ANSWERS = """select r.id, a.question, a."option" from response r left join answer a on a.response_id = r.id
where r.channel = 'web'"""
_ORPHANS = "select count(*) from answer where response_id not in (select id from response)"
_COUNTED = """select t.question, t."option", t.place_id, t.day, {group}, sum(t.n) from tally t
where t.attribute = :attribute and t."option" not like '\\_%' escape '\\'
group by t.question, t."option", t.place_id, t.day, {group} having sum(t.n) <> 0"""
_RECOUNT = """select a.question, a."option", coalesce(r.place_id, 0), r.answered_on, {group}, count(*)
from response r join answer a on a.response_id = r.id {join}
where a."option" not like '\\_%' escape '\\'
group by a.question, a."option", coalesce(r.place_id, 0), r.answered_on, {group}"""


class Books:
    """The stored answers of one service. environ: what it runs with; today: the day its keys are read on."""

    def __init__(self, environ: dict[str, str], today: date) -> None:
        self.engine = create_engine(environ["DATABASE_URL"])
        self.keys = DailyKeys(Path(environ["RUNTIME_DIR"]) / "keys")
        self.secret, self.today = environ["SECRET_KEY"], today

    def id_of(self, sealed: str) -> bytes:
        """The id that a response sent with this ticket has: there is exactly one. Raises BadTicket, TicketExpired."""
        code = withdrawal_code(unseal(sealed, self.keys, today=self.today), self.keys, today=self.today)
        return response_id(code, self.secret)

    def stored(self) -> dict[bytes, dict[str, set[str]]]:
        """id -> question -> options, of all that came by web; a response without answers stands with none."""
        found: dict[bytes, dict[str, set[str]]] = {}
        for id, question, option in self._rows(_ANSWERS):
            answers = found.setdefault(bytes(id), {})
            if question is not None:
                answers.setdefault(question, set()).add(option)
        return found

    def faults(self, sent: Sequence[Sent]) -> list[str]:
        """Every way in which what is stored is not what was sent and thanked for."""
        stored, found = self.stored(), []
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
        found += ["a response that nobody sent"] * len(stored.keys() - attempted.keys())
        found += ["a response without its opening answer" for answers in stored.values() if "safe_here" not in answers]
        if self._rows(_ORPHANS)[0][0]:
            found.append("answers without their response")
        return found + self.tally_faults()

    def tally_faults(self) -> list[str]:
        """Every count that is not what the answers add up to: by channel, and by age where it was told."""
        found = []
        of_age = (
            "join answer g on g.response_id = r.id and g.question = 'age' and g.\"option\" not like '\\_%' escape '\\'"
        )
        for attribute, group, join in (("channel", "r.channel", ""), ("age", 'g."option"', of_age)):
            counted = _keyed(self._rows(_COUNTED.format(group="t.grp"), attribute=attribute))
            real = _keyed(self._rows(_RECOUNT.format(group=group, join=join)))
            assert real, f"nothing to count by {attribute}"
            for key in counted.keys() | real.keys():
                if counted[key] != real[key]:
                    found.append(f"by {attribute} {key}: counted {counted[key]}, really {real[key]}")
        return found

    def close(self) -> None:
        self.engine.dispose()

    def _rows(self, sql: str, **values: str) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(sql), values))


def verify(site: Site) -> dict[str, Any]:
    """What `insights verify` says. Raises CalledProcessError when a tally differs."""
    found: dict[str, Any] = json.loads(site.flask("insights", "verify", "--json"))
    return found


def _keyed(rows: Sequence[Any]) -> Counter[tuple[str, ...]]:
    # SQLite gives days as text, PostgreSQL as dates
    return Counter({tuple(str(value) for value in row[:-1]): int(row[-1]) for row in rows})

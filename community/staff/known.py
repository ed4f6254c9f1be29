"""Who has signed in from where in the last 30 days, in RUNTIME_DIR: such a person need not queue with others there.

An account and an address stand here together, as one hash under a key made from SECRET_KEY: a daily key would be gone
before the person comes again. Whoever holds that key and this file can find out whether a certain member of staff
signed in from a certain address, and on which day last; nobody else is in it.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from pathlib import Path
from typing import Final

from community.shared.clock import days_before
from community.shared.runtime_file import RuntimeFile
from community.staff.networks import home
from community.staff.pacing import KNOWN_DAYS

_SCHEMA: Final = """
create table if not exists known (what blob primary key, day text not null) without rowid;
"""


class Known:
    """Shared by the workers of one host."""

    def __init__(self, path: Path, secret_key: str) -> None:
        self._file, self._key = RuntimeFile(path, _SCHEMA), b"staff known " + secret_key.encode()

    def knows(self, email: str, address: str, today: date) -> bool:
        """Whether somebody signed in from an address lately."""
        query = "select 1 from known where what = ? and day >= ?"
        found = self._file.connection().execute(query, (self._pair(email, address), _since(today)))
        return found.fetchone() is not None

    def learn(self, email: str, address: str, today: date) -> bool:
        """Somebody has signed in from an address; whether that is new."""
        is_new = not self.knows(email, address, today)
        self._file.connection().execute(
            "insert or replace into known values (?, ?)", (self._pair(email, address), today.isoformat())
        )
        return is_new

    def purge(self, today: date) -> None:
        """Forget who has not come again."""
        self._file.connection().execute("delete from known where day < ?", (_since(today),))

    def _pair(self, email: str, address: str) -> bytes:
        said = f"{email.strip().lower()}\0{home(address)}".encode()
        return hmac.new(self._key, said, hashlib.sha256).digest()


def _since(today: date) -> str:
    return days_before(today, KNOWN_DAYS).isoformat()

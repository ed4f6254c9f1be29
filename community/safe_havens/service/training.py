"""A member of staff has finished the course: counted once, with a name only where the venue wants one."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date
from typing import Final

from sqlalchemy.exc import IntegrityError

from community.extensions import db
from community.safe_havens.models import HavenTraining, SafeHaven
from community.safe_havens.service import life
from community.safe_havens.service.life import NotNow
from community.safe_havens.service.team_codes import ACTIVE
from community.shared.runtime import runtime

LONGEST_NAME: Final = 120
TRIES: Final = 20


def finish(haven: SafeHaven, *, nonce: str, course: str, name: str, on: date) -> bool:
    """Count one finish; flushed. nonce: of its form: sent again, it is the same finish. name: "" for none. True when it
    is new. Raises NotNow for a venue that is not in the scheme."""
    life.hold(haven)
    if haven.status not in ACTIVE:
        raise NotNow(f"{haven.name} is not in the scheme any more.")
    for attempt in range(TRIES):
        id = _id_of(nonce, attempt)
        found = db.session.get(HavenTraining, id)
        if found is None:
            row = HavenTraining(id=id, haven_id=haven.id, course=course, finished_on=on, name=name or None)
            try:
                with db.session.begin_nested():
                    db.session.add(row)
            except IntegrityError:  # the same finish at the same moment, or another one's number: look again
                found = db.session.get(HavenTraining, id, populate_existing=True)
            else:
                haven.trained_on = max(on, haven.trained_on or on)
                life.happened(haven, "trained", on)
                db.session.flush()
                return True
        if found is not None and found.haven_id == haven.id and found.course == course:
            return False
    raise RuntimeError("no free number could be found")


def _id_of(nonce: str, attempt: int) -> int:
    """A number from 1 to 2^31 - 1 that follows from the form, so that the key itself knows a finish sent twice."""
    key = b"haven training " + runtime().settings.secret_key.encode()
    digest = hmac.new(key, f"{nonce}\0{attempt}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:4]) % (2**31 - 1) + 1

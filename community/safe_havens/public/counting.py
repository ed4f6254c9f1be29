"""What a visitor says is counted once, however often its form is sent: by a reload, by a tap on a weak signal."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import date
from typing import Final

from community.extensions import db, reading
from community.safe_havens import once

_MARK: Final = re.compile(r"[\w-]{16,64}", re.ASCII)


def new_mark() -> str:
    """What makes one form another than the next; it says nothing of who was given it."""
    return secrets.token_urlsafe(16)


def count_once(mark: str, choice: str, count: Callable[[], object], *, on: date) -> None:
    """Count and commit, unless this choice of this form is counted already. mark: as the form sent it. A form without a
    mark of ours is counted each time: no report is lost for that."""
    claimed = f"{mark} {choice}" if _MARK.fullmatch(mark) else ""
    if claimed and not once.claim(claimed, on=on):
        return
    try:
        db.session.rollback()  # what was read was read to look, not to write
        reading.set(False)
        count()
        db.session.commit()
    except Exception:
        db.session.rollback()
        if claimed:
            once.release(claimed)
        raise

"""The same server with no tally written, for measuring what they cost. For the bench only: its counts are wrong."""

from __future__ import annotations

import sys
from typing import Any

from community.operations import serve
from community.surveys.service import storing


def _move_nothing(*_: Any, **__: Any) -> None:
    """In place of `storing.move_tallies`: neither worked out nor written."""


storing.move_tallies = _move_nothing

if __name__ == "__main__":
    sys.exit(serve.main())

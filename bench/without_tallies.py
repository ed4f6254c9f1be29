"""The same server with no tally worked out or written, for measuring what they cost. For the bench only."""

from __future__ import annotations

import sys
from collections import Counter

from community.operations import serve
from community.shared.database import marks
from community.surveys.fielding import Counting
from community.surveys.service import storing
from community.surveys.tallies import Key, Snapshot


def _counts_nothing(_counting: Counting, _snapshot: Snapshot | None) -> Counter[Key]:
    return Counter()


def _answers_only(answers: int, _tallies: int) -> str:
    """What PostgreSQL is sent for a new response, without the part that counts."""
    return f"""with made as ({storing._RESPONSE}),
    told as (insert into {storing._ANSWER} select v.* from made, (values {marks(answers, 3)}) v)
    select count(*) from made"""


Counting.count = _counts_nothing  # type: ignore[assignment,method-assign]
storing._all_at_once = _answers_only  # type: ignore[assignment]

if __name__ == "__main__":
    sys.exit(serve.main())

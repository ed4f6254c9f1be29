"""Adding up how often each poster's page was opened on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.dialects import postgresql, sqlite

from community.extensions import db
from community.places import queries
from community.places.models import ScanCount


def add_scans(counts: Mapping[tuple[int, date], int]) -> int:
    """Add to the scans of each (poster id, London day); the number of scans added. Flushed, not committed.
    Counts for posters that are no longer there, and counts of none, are left out."""
    known = queries.poster_ids({poster_id for poster_id, _ in counts})
    added = {key: n for key, n in sorted(counts.items()) if n > 0 and key[0] in known}  # in key order: no deadlock
    rows = [{"poster_id": poster_id, "scanned_on": day, "n": n} for (poster_id, day), n in added.items()]
    if rows:
        dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
        insert = dialect.insert(ScanCount.__table__)
        db.session.execute(
            insert.on_conflict_do_update(
                index_elements=["poster_id", "scanned_on"],
                set_={"n": ScanCount.__table__.c.n + insert.excluded.n},
            ),
            rows,
        )
    return sum(added.values())

"""Where people feel unsafe and no Safe Haven is open near, for those who look for venues: a map, and the table behind
it."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from community.insights import queries
from community.insights.coverage import FAR_M, NEAR_M
from community.insights.coverage_map import picture
from community.insights.made_up import SOME_BANNER
from community.insights.sentences import long_date
from community.insights.service import coverage
from community.insights.tables import percent, range_words
from community.safe_havens.service import listing
from community.shared.clock import london_now
from community.staff.access import here_now, needs
from community.staff.home import Link

bp = Blueprint("coverage", __name__, url_prefix="/staff")
LINKS = [Link("Coverage", "/staff/coverage", "see_coverage")]
MOST_ROWS = 100


@bp.get("/coverage")
@needs("see_coverage")
def gaps() -> ResponseReturnValue:
    now = london_now()
    found = coverage.coverage_on(now)
    rows = found.rows[:MOST_ROWS]
    return render_template(
        "insights/staff/coverage.html",
        found=found,
        rows=[_shown(row) for row in rows],
        left=len(found.rows) - len(rows),
        picture=picture(
            [(row.gap.spot.name, row.gap.spot.lat, row.gap.spot.lon) for row in rows],
            [(venue.lat, venue.lon) for venue in listing.directory(now).venues],
            queries.ward_edges(),
        ),
        first=long_date(found.first),
        last=long_date(found.last),
        near_m=NEAR_M,
        far_m=FAR_M,
        may_manage=here_now().may("manage_havens"),
        demo_banner=SOME_BANNER if found.made_up else "",
    )


def _shown(row: coverage.Row) -> dict[str, object]:
    """One row in words."""
    gap = row.gap
    return {
        "place": gap.spot.name,
        "part": coverage.part_in_words(gap.daypart),
        "share": percent(gap.share),
        "counts": f"{gap.unsafe} of {gap.base}",
        "range": range_words(gap.low, gap.high),
        "is_small": gap.is_small,
        "flagged": gap.flagged,
        "near": coverage.none_in_words(gap, NEAR_M),
        "far": coverage.none_in_words(gap, FAR_M),
        "prospects": [(one.id, one.name, f"{round(one.distance_m, -1):.0f} m") for one in row.prospects],
    }

"""Reports that a poster looks fake: counted and no more, a flood kept small, settled by whoever went to look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.extensions import db
from community.places.codes import new_code
from community.places.models import Poster, PosterReport
from community.places.service import posters, reports
from community.places.service.reports import MOST_A_DAY, MOST_STRANGE, BadOutcome, BadReport, counts_as, settle
from tests.factories.places import PosterFactory

TODAY = date(2026, 11, 20)


@pytest.fixture
def hung(db_session: Session) -> Poster:
    poster: Poster = PosterFactory(status="up", up_on=date(2026, 11, 3))
    PosterFactory()  # noise: nobody doubts this one
    return poster


def tell(code: str, reason: str = "covered", *, times: int = 1, on: date = TODAY) -> None:
    """As the page does it."""
    for _ in range(times):
        counted = counts_as(code, reason, on)
        if counted is not None:
            reports.report(counted, reason, on)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(PosterReport)) or 0


def test_reports_of_a_day_and_reason_are_one_row_with_a_count(hung: Poster) -> None:
    tell(hung.code, times=2)
    tell(hung.code.lower(), "damaged", on=TODAY - timedelta(days=1))
    assert rows() == 2
    (told,) = reports.waiting()
    assert told.poster is not None and told.poster.id == hung.id
    assert told.reasons == (
        ("something is stuck or written over the code", 2),
        ("it is torn, wet or cannot be scanned", 1),
    )
    assert (told.n, told.first_on, told.last_on) == (3, TODAY - timedelta(days=1), TODAY)


def test_a_report_changes_no_poster(hung: Poster) -> None:
    tell(hung.code, times=30)
    db.session.refresh(hung)
    assert hung.status == "up"
    visit = posters.poster_visit(hung.code, TODAY)
    assert visit is not None and visit.status == "up"


def test_a_code_that_is_not_ours_can_be_reported_as_it_was_typed(hung: Poster) -> None:
    tell("abcd-2345")
    (told,) = reports.waiting()
    assert (told.code, told.poster, told.n) == ("ABCD2345", None, 1)


@pytest.mark.parametrize(
    ("code", "reason"),
    [("hello", "covered"), ("<script>", "covered"), ("", "covered"), ("ABCD2345", "because"), ("ABCD2345", "")],
)
def test_what_is_no_code_or_no_reason_of_ours_is_refused(db_session: Session, code: str, reason: str) -> None:
    with pytest.raises(BadReport):
        counts_as(code, reason, TODAY)


def test_a_flood_at_one_poster_is_one_row_that_stops_counting(hung: Poster) -> None:
    tell(hung.code, times=MOST_A_DAY + 20)
    assert [told.n for told in reports.waiting()] == [MOST_A_DAY]
    assert counts_as(hung.code, "covered", TODAY) is None
    reports.report(hung.code, "covered", TODAY)  # two that looked at the same moment
    assert [told.n for told in reports.waiting()] == [MOST_A_DAY]
    assert counts_as(hung.code, "damaged", TODAY) == hung.code
    assert counts_as(hung.code, "covered", TODAY + timedelta(days=1)) == hung.code


def test_a_flood_of_made_up_codes_is_few_rows_and_hides_no_poster_of_ours(hung: Poster) -> None:
    for _ in range(MOST_STRANGE + 30):
        tell(new_code())
    tell(hung.code)
    found = reports.waiting()
    assert rows() == MOST_STRANGE + 2
    assert [told.n for told in found if told.is_the_rest] == [30]
    assert [told.n for told in found if told.poster] == [1]


def test_what_somebody_looked_at_leaves_the_queue_and_a_later_report_comes_back(hung: Poster) -> None:
    tell(hung.code, times=3)
    assert settle(hung.code, "kept", TODAY) == 3
    assert reports.waiting() == []
    (looked,) = reports.looked_at(TODAY)
    assert (looked.outcome, looked.looked_on, looked.n) == ("kept", TODAY, 3)
    tell(hung.code)
    assert [told.n for told in reports.waiting()] == [1]
    assert settle(hung.code, "taken-down", TODAY) == 1
    assert reports.waiting() == []


@pytest.mark.parametrize(
    ("outcome", "status", "retired"),
    [("kept", "up", False), ("taken-down", "taken-down", False), ("retired", "taken-down", True)],
)
def test_what_was_found_is_done_to_the_poster(hung: Poster, outcome: str, status: str, retired: bool) -> None:
    posters.report_fake(hung, TODAY)
    tell(hung.code)
    settle(hung.code, outcome, TODAY)
    assert (hung.status, hung.retired_on is not None) == (status, retired)


def test_a_poster_that_is_not_hung_yet_does_not_go_up_by_being_kept(db_session: Session) -> None:
    planned = PosterFactory()
    tell(planned.code)
    settle(planned.code, "kept", TODAY)
    assert planned.status == "planned"


def test_ours_is_never_settled_as_not_ours_nor_the_other_way_round(hung: Poster) -> None:
    tell(hung.code)
    tell("ABCD2345")
    for code, outcome in ((hung.code, "not-ours"), ("ABCD2345", "kept"), (hung.code, "lost")):
        with pytest.raises(BadOutcome):
            settle(code, outcome, TODAY)
    assert len(reports.waiting()) == 2


def test_reports_are_forgotten_after_two_years(hung: Poster) -> None:
    tell(hung.code, on=TODAY - timedelta(days=732))
    tell(hung.code, on=TODAY - timedelta(days=700))
    assert reports.forget(TODAY) == 1
    assert rows() == 1


def test_what_became_of_a_poster_stands_in_its_history(db_session: Session) -> None:
    (poster,) = posters.create_posters(PosterFactory().place, on=TODAY)
    for verb, days in (
        (posters.put_up, 1), (posters.put_up, 2), (posters.report_fake, 3), (posters.put_up, 4), (posters.take_down, 5),
        (posters.put_up, 6), (posters.retire, 7),
    ):  # fmt: skip
        verb(poster, TODAY + timedelta(days=days))
    assert [(event.event, (event.happened_on - TODAY).days) for event in poster.events] == [
        ("planned", 0), ("up", 1), ("reported", 3), ("up", 4), ("taken-down", 5), ("up", 6), ("taken-down", 7),
        ("retired", 7),
    ]  # fmt: skip

"""Businesses to approach: kept, brought in whole or not at all, taken away with nothing alive in it."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from community.extensions import db
from community.safe_havens.service import prospects
from community.safe_havens.service.prospects import NoSuchProspect, OnTheList
from community.safe_havens.table_file import BadFile
from community.staff.models import AuditEntry
from tests.factories.places import PlaceFactory
from tests.factories.safe_havens import ProspectFactory

TODAY = date(2026, 11, 20)
FILE = b"name,kind,address,place\nA,cafe,1 Road,Mill Pond\nB,shop,2 Road,Mill Pond\n"


@pytest.fixture(autouse=True)
def pond(db_session: object) -> None:
    PlaceFactory(name="Mill Pond", slug="mill-pond", lat=51.5, lon=0.1)


def values(**changed: object) -> dict[str, object]:
    return {"name": "A", "kind": "cafe", "address": "1 Road", "lat": 51.5, "lon": 0.1, **changed}


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_file_is_brought_in_and_what_is_there_already_is_left_as_it_is() -> None:
    ProspectFactory(name="b", address="2 road", answer="no")
    assert prospects.bring_in(FILE, name="list.csv", on=TODAY) == (1, 1)
    assert [(p.name, p.answer, p.added_on) for p in prospects.everyone()] == [
        ("A", "not_asked", TODAY),
        ("b", "no", date(2026, 1, 1)),
    ]
    assert prospects.bring_in(FILE, name="list.csv", on=TODAY) == (0, 2)
    assert actions() == ["prospect.import", "prospect.import"]


def test_one_bad_line_keeps_the_whole_file_out() -> None:
    with pytest.raises(BadFile, match="line 4"):
        prospects.bring_in(FILE + b"C,caff,3 Road,Mill Pond\n", name="list.csv", on=TODAY)
    assert (list(prospects.everyone()), actions()) == ([], [])


def test_a_business_stands_on_the_list_once() -> None:
    first = prospects.add(values(), on=TODAY)
    with pytest.raises(OnTheList, match="on the list already"):
        prospects.add(values(name="a", address="1 ROAD"), on=TODAY)
    other = prospects.add(values(name="B"), on=TODAY)
    with pytest.raises(OnTheList):
        prospects.change(other, values())
    prospects.change(first, values(answer="asked", approached_on=TODAY))
    assert (first.answer, actions()) == ("asked", ["prospect.add", "prospect.add", "prospect.change"])


def test_one_that_is_taken_off_is_gone_with_its_contact() -> None:
    gone = prospects.add(values(contact_email="a@b.example"), on=TODAY)
    id = gone.id
    prospects.remove(gone)
    with pytest.raises(NoSuchProspect):
        prospects.get(id)


def test_the_list_that_is_taken_away_can_be_brought_back_and_holds_no_formula() -> None:
    prospects.add(values(name="=HYPERLINK(1)", contact_phone="+44 20 7946 0000"), on=TODAY)
    prospects.add(values(name="Café", answer="interested", approached_on=TODAY), on=TODAY)
    made = prospects.export()
    rows = list(csv.DictReader(io.StringIO(made.decode())))
    assert [row["name"] for row in rows] == ["'=HYPERLINK(1)", "Café"]
    assert rows[0]["phone"] == "'+44 20 7946 0000"
    assert actions()[-1] == "prospect.export"
    for one in list(prospects.everyone()):
        prospects.remove(one)
    assert prospects.bring_in(made, name="list.csv", on=TODAY) == (2, 0)
    assert [(p.answer, p.approached_on) for p in prospects.everyone() if p.name == "Café"] == [("interested", TODAY)]

"""What a respondent's table may not have: arrival order, exact times, or a column nobody wrote down."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import DateTime, Table, Time

from community.config import ROOT
from community.extensions import Base
from community.operations import inventory, jobs
from community.operations.health import beat
from tests.house.schema import all_tables
from tests.rig.client import Client, Runner
from tests.rig.staff import client_of

# Wherever such a word stands in a column's name, somebody is about to store what we promised not to.
PERSONAL = re.compile(r"phone|number|email|ip|address|agent|device|cookie|session|referr|postcode|lat|lon|name|time")

IN_RUNTIME_DIR = re.compile(r"""(?:runtime_dir|folder) / "([^"]+)\"""")


def respondents_tables() -> list[Table]:
    """The tables whose metadata says that they hold what a respondent sent."""
    return [table for table in all_tables().values() if table.info.get("respondent")]


def test_the_tables_that_hold_what_respondents_sent_say_so() -> None:
    assert {"response", "answer", "comment", "tombstone"} <= {table.name for table in respondents_tables()}


def test_every_table_that_refers_to_a_response_is_a_respondents_table_too() -> None:
    respondents = set(respondents_tables())
    for table in Base.metadata.tables.values():
        if any(key.column.table in respondents for key in table.foreign_keys):
            assert table in respondents, table.name


def test_no_respondents_table_tells_the_order_of_arrival() -> None:
    for table in respondents_tables():
        assert table.dialect_options["sqlite"]["with_rowid"] is False, table.name
        first = next(iter(table.primary_key.columns))
        assert not issubclass(first.type.python_type, int), f"{table.name}.{first.name} counts upwards"
        assert first.server_default is None, f"{table.name}.{first.name}"


def test_no_respondents_table_has_a_time_finer_than_a_part_of_the_day() -> None:
    for table in respondents_tables():
        for column in table.columns:
            assert not column.name.endswith("_at"), f"{table.name}.{column.name}"
            assert not isinstance(column.type, (DateTime, Time)), f"{table.name}.{column.name}"


def test_no_column_of_a_respondents_table_is_named_like_what_we_promised_not_to_hold() -> None:
    for table in respondents_tables():
        for column in table.columns:
            words = column.name.split("_")
            assert not [word for word in words if PERSONAL.fullmatch(word)], f"{table.name}.{column.name}"


def test_the_data_inventory_has_one_line_for_every_column_and_none_for_another() -> None:
    lines = [row.column for row in inventory.rows()]
    columns = {f"{table.name}.{column.name}" for table in all_tables().values() for column in table.columns}
    assert sorted(lines) == sorted(columns)


def test_no_column_stands_below_the_data_inventory_s_first_table() -> None:
    page = inventory.PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\| `[a-z_]+\.[a-z_]+` \|", page, re.M)) == len(inventory.rows())


def test_every_file_in_runtime_dir_is_among_what_a_thief_may_find() -> None:
    """By the source: whatever is put into that folder is named where it is made."""
    made = {
        name.removeprefix(".")
        for file in (ROOT / "community").rglob("*.py")
        if "runtime_dir" in (source := file.read_text(encoding="utf-8"))
        for name in IN_RUNTIME_DIR.findall(source)
    }
    assert {"keys", "staff-tries.sqlite", "consumer"} <= made
    assert {store for store in inventory.stores() if "RUNTIME_DIR" in store} == {f"`RUNTIME_DIR/{n}`" for n in made}


def test_what_is_found_in_runtime_dir_is_named_there(app: Flask) -> None:
    """By use: a text, an officer who signs in and one who cannot, the jobs and their heartbeat."""
    folder = app.extensions["community"].settings.runtime_dir
    client_of(app, "analyst").get("/staff")
    page = Client(app).get("/staff/sign-in")
    Client(app).press(page, "Sign in", {"email": "nobody@council.example", "password": "not this one"})
    Runner(app)("bot", "say", "barking station")
    jobs.build(app)
    beat(folder)
    jobs.flush_scans(app)
    found = {re.sub(r"-(wal|shm|journal|turn)$", "", file.name) for file in folder.iterdir()}
    assert {"talks.sqlite", "staff-sessions.sqlite", "jobs.sqlite", "consumer"} <= found
    assert {f"`RUNTIME_DIR/{name}`" for name in found} <= set(inventory.stores())


def test_the_data_inventory_marks_respondents_tables() -> None:
    names = {table.name for table in respondents_tables()}
    for row in inventory.rows():
        assert row.holds.startswith("**R**") == (row.column.partition(".")[0] in names), row.column

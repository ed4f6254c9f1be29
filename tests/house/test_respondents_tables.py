"""What a respondent's table may not have: arrival order, exact times, or a column nobody wrote down."""

from __future__ import annotations

import re

from sqlalchemy import DateTime, Table, Time

from community.extensions import Base
from community.operations import inventory
from tests.house.schema import all_tables

# Wherever such a word stands in a column's name, somebody is about to store what we promised not to.
PERSONAL = re.compile(r"phone|number|email|ip|address|agent|device|cookie|session|referr|postcode|lat|lon|name|time")


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


def test_the_data_inventory_marks_respondents_tables() -> None:
    names = {table.name for table in respondents_tables()}
    for row in inventory.rows():
        assert row.holds.startswith("**R**") == (row.column.partition(".")[0] in names), row.column

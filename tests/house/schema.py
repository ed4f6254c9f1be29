"""The schema as the models say it, as a database has it, and rows for every table made from that alone."""

from __future__ import annotations

import datetime
import importlib
import pkgutil
import re
from typing import Any

from sqlalchemy import Connection, MetaData, Table, inspect

import community
from community.extensions import Base

Shape = dict[str, dict[str, Any]]


def all_tables() -> dict[str, Table]:
    """Every table of every room, by name."""
    for module in pkgutil.iter_modules(community.__path__, "community."):
        if module.ispkg and importlib.util.find_spec(f"{module.name}.models"):
            importlib.import_module(f"{module.name}.models")
    return dict(Base.metadata.tables)


def shape(connection: Connection) -> Shape:
    """Everything a database knows of its tables, in an order that does not depend on how they were made: columns,
    keys, what they refer to, indexes, and the words of every check."""
    found = inspect(connection)
    tables: Shape = {}
    for name in found.get_table_names():
        if name == "alembic_version":
            continue
        tables[name] = {
            "columns": {
                c["name"]: (str(c["type"]), bool(c["nullable"]), c.get("default")) for c in found.get_columns(name)
            },
            "primary key": (found.get_pk_constraint(name)["constrained_columns"]),
            "refers": sorted(
                (k["name"] or "", k["constrained_columns"], k["referred_table"], sorted(k.get("options", {}).items()))
                for k in found.get_foreign_keys(name)
            ),
            "unique": sorted((u["name"] or "", u["column_names"]) for u in found.get_unique_constraints(name)),
            "indexes": sorted((i["name"] or "", i["column_names"], bool(i["unique"])) for i in found.get_indexes(name)),
            "checks": sorted(
                (c["name"] or "", " ".join(c["sqltext"].split())) for c in found.get_check_constraints(name)
            ),
        }
    return tables


def rowid_tables(connection: Connection) -> set[str]:
    """Names of a SQLite database's tables that keep a rowid, and so the order in which rows came."""
    rows = connection.exec_driver_sql("select name, sql from sqlite_master where type = 'table'").all()
    return {name for name, sql in rows if not re.search(r"without\s+rowid\s*$", sql, re.I)}


def fill(connection: Connection) -> dict[str, int]:
    """Put one row into every table that has none, whatever the tables are; table -> rows it then has.

    Values are the least that the columns' types and checks allow; what refers to another table refers to its row."""
    metadata = MetaData()
    metadata.reflect(connection)
    checks = {
        table.name: " ".join(check["sqltext"] for check in inspect(connection).get_check_constraints(table.name))
        for table in metadata.sorted_tables
    }
    counts = {}
    for table in metadata.sorted_tables:
        if table.name == "alembic_version":
            continue
        if connection.execute(table.select().limit(1)).first() is None:
            connection.execute(table.insert().values(_row(connection, table, checks[table.name])))
        counts[table.name] = len(connection.execute(table.select()).all())
    return counts


def _row(connection: Connection, table: Table, checks: str) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        if column.foreign_keys:
            referred = next(iter(column.foreign_keys)).column
            row[column.name] = connection.execute(referred.table.select()).mappings().first()[referred.name]  # type: ignore[index]
        elif not column.nullable:
            row[column.name] = _value(column.name, column.type.python_type, checks)
    return row


def _value(name: str, kind: type, checks: str) -> Any:
    if kind is str:
        # `name in ('a', ...)` as we write it, `(name)::text = any (array['a'::...` as PostgreSQL gives it back
        listed = re.search(rf"\b{name}\"?\)?(?:::\w+)?\s*(?:in\s*\(|= any \(+array\[\(?)'([^']*)'", checks, re.I)
        if listed:
            return listed[1]
        length = re.search(rf"length\(\(?{name}\)?(?:::\w+)?\) = (\d+)", checks, re.I)
        return "x" * int(length[1] if length else 1)
    values: dict[type, Any] = {
        int: 1, float: 1.0, bool: True, bytes: b"0123456789abcdef", object: [],
        datetime.date: datetime.date(2026, 11, 21), datetime.datetime: datetime.datetime(2026, 11, 21, 12, 0),
    }  # fmt: skip
    return values[kind]

"""Migrations say what the models say, and can be gone back on, with rows in the tables, on both engines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from community.config import ROOT
from community.extensions import Base, db
from tests.house.schema import Shape, all_tables, fill, rowid_tables, shape
from tests.rig.client import Runner
from tests.rig.databases import Databases, dispose


@pytest.fixture
def bare_app(engine_name: str, databases: Databases) -> Iterator[Flask]:
    """The application on a database without tables, in its context."""
    address = databases.empty(engine_name)
    app = databases.app(address)
    with app.app_context():
        yield app
    dispose(app)
    databases.drop(address)


def test_the_models_equal_the_migrations(bare_app: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_make_what_the_models_would_to_the_last_check_and_key(bare_app: Flask) -> None:
    all_tables()
    with db.engine.begin() as connection:
        Base.metadata.create_all(connection)
        from_models, rowids = shape(connection), _rowids(connection)
        Base.metadata.drop_all(connection)
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert shape(connection) == from_models
        assert _rowids(connection) - {"alembic_version"} == rowids


def test_two_hosts_that_start_at_once_make_the_schema_once(databases: Databases) -> None:
    address = databases.empty("postgres")
    command = [sys.executable, "-m", "flask", "--app", "community", "db", "upgrade"]
    hosts = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | databases.environ(address), stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for host in hosts:
        _, said = host.communicate(timeout=120)
        assert host.returncode == 0, said.decode()[-2000:]
    databases.drop(address)


def test_every_migration_goes_up_down_and_up_again_with_rows_in_the_tables(bare_app: Flask) -> None:
    below: Shape = {}
    for revision, before in _revisions(bare_app):
        flask_migrate.upgrade(revision=revision)
        above, counts = _shape_now(), _fill_now()
        assert set(counts) == set(above)
        assert all(counts.values()), counts
        flask_migrate.downgrade(revision=before)
        assert _shape_now() == below, f"{revision} does not undo all it did"
        kept = _count_now(set(below))
        assert kept == {name: counts[name] for name in kept}, f"going back on {revision} loses rows"
        flask_migrate.upgrade(revision=revision)
        assert _shape_now() == above, f"{revision} does something else the second time"
        assert _count_now(set(below)) == kept, f"{revision} loses rows"
        _respondents_tables_have_no_rowid()
        _fill_now()
        below = above


def test_all_of_it_goes_down_and_up_again_from_a_month_of_answers(bare_app: Flask) -> None:
    flask_migrate.upgrade()
    Runner(bare_app)("demo", "load", "--responses", "50")
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert _shape_now() == {}
    flask_migrate.upgrade()
    _respondents_tables_have_no_rowid()
    Runner(bare_app)("demo", "load", "--responses", "50")


def test_references_are_checked_again_once_a_migration_is_done(bare_app: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("pragma foreign_keys").scalar() == 1
        else:
            assert connection.exec_driver_sql("show session_replication_role").scalar() == "origin"


def test_migrations_are_numbered_and_say_why() -> None:
    files = sorted(Path(ROOT, "migrations", "versions").glob("*.py"))
    assert files
    for number, path in enumerate(files, start=1):
        assert re.fullmatch(rf"{number:04d}_[a-z0-9_]+\.py", path.name), path.name
        text = path.read_text()
        assert text.startswith('"""'), f"{path.name} does not say why"
        assert f'revision = "{number:04d}"' in text


def _revisions(app: Flask) -> list[tuple[str, str]]:
    config = app.extensions["migrate"].migrate.get_config()
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]
    return [(script.revision, str(script.down_revision or "base")) for script in scripts]


def _shape_now() -> Shape:
    with db.engine.connect() as connection:
        return shape(connection)


def _fill_now() -> dict[str, int]:
    with db.engine.begin() as connection:
        return fill(connection)


def _count_now(tables: set[str]) -> dict[str, int]:
    with db.engine.connect() as connection:
        return {t: connection.exec_driver_sql(f'select count(*) from "{t}"').scalar() or 0 for t in sorted(tables)}


def _rowids(connection: Any) -> set[str]:
    return rowid_tables(connection) if connection.dialect.name == "sqlite" else set()


def _respondents_tables_have_no_rowid() -> None:
    with db.engine.connect() as connection:
        respondents = {table.name for table in all_tables().values() if table.info.get("respondent")}
        there = respondents & set(inspect(connection).get_table_names())
        assert not there & _rowids(connection)

"""How migrations run: on the application's engine, in one transaction, with batch mode so that SQLite can alter."""

from alembic import context
from flask import current_app

from community.extensions import Base, db

assert current_app

TURN = 5_026_114
"""The advisory lock of whoever migrates; any number that nobody else takes."""


def run() -> None:
    """Run the migrations that were asked for on a connection of the application."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Batch mode moves rows through a copy of the table: no reference may be checked half-way.
            connection.connection.execute("pragma foreign_keys = off")
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                # Of two hosts that start at once, the second waits and then finds everything done.
                connection.exec_driver_sql(f"select pg_advisory_xact_lock({TURN})")
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            connection.connection.execute("pragma foreign_keys = on")
        connection.commit()


run()

"""How migrations run: on the application's engine, in one transaction, with batch mode so that SQLite can alter."""

from alembic import context
from flask import current_app

from community.extensions import Base, db

assert current_app


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
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            connection.connection.execute("pragma foreign_keys = on")
        connection.commit()


run()

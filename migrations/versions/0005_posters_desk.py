"""A poster's history, day by day, and reports that one looks fake or damaged: counts, with nothing of who reported.

What is known of older posters becomes their first lines of history."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_EVENTS = "'planned', 'up', 'taken-down', 'reported', 'retired'"
_REASONS = "'covered', 'leads_elsewhere', 'asks_details', 'wrong_place', 'damaged', 'other'"
_OUTCOMES = "'kept', 'taken-down', 'retired', 'not-ours'"
_KNOWN = (("planned", "created_on"), ("up", "up_on"), ("taken-down", "down_on"), ("retired", "retired_on"))


def upgrade() -> None:
    op.create_table(
        "poster_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poster_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"event IN ({_EVENTS})", name=op.f("ck_poster_event_event_known")),
        sa.ForeignKeyConstraint(["poster_id"], ["poster.id"], name=op.f("fk_poster_event_poster_id_poster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_event")),
    )
    op.create_index(op.f("ix_poster_event_poster_id"), "poster_event", ["poster_id"])
    for event, day in _KNOWN:
        op.execute(
            f"insert into poster_event (poster_id, event, happened_on) "
            f"select id, '{event}', {day} from poster where {day} is not null order by id"
        )
    op.create_table(
        "poster_report",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("looked_n", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(code) = 8", name=op.f("ck_poster_report_code_length")),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f("ck_poster_report_reason_known")),
        sa.CheckConstraint("n > 0", name=op.f("ck_poster_report_n_positive")),
        sa.CheckConstraint("looked_n BETWEEN 1 AND n", name=op.f("ck_poster_report_looked_at_no_more")),
        sa.CheckConstraint(f"outcome IS NULL OR outcome IN ({_OUTCOMES})", name=op.f("ck_poster_report_outcome_known")),
        sa.CheckConstraint("(looked_n IS NULL) = (outcome IS NULL)", name=op.f("ck_poster_report_looked_with_outcome")),
        sa.CheckConstraint("(outcome IS NULL) = (looked_on IS NULL)", name=op.f("ck_poster_report_outcome_has_day")),
        sa.PrimaryKeyConstraint("code", "reason", "reported_on", name=op.f("pk_poster_report")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("poster_report")
    op.drop_table("poster_event")

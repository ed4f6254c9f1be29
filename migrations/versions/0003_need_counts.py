"""How many talks named a need, by day and channel only, so that help can be planned and nobody be found."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "need_count",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("need", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_need_count_n_positive")),
        sa.CheckConstraint("channel IN ('sms', 'whatsapp', 'web')", name=op.f("ck_need_count_channel_known")),
        sa.PrimaryKeyConstraint("counted_on", "channel", "need", name=op.f("pk_need_count")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("need_count")

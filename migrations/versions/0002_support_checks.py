"""When a person last confirmed a service of the support directory, so that a check needs no new release."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "support_check",
        sa.Column("service", sa.String(length=60), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(length=120), nullable=False),
        sa.CheckConstraint("checked_by <> ''", name=op.f("ck_support_check_checked_by_someone")),
        sa.PrimaryKeyConstraint("service", name=op.f("pk_support_check")),
    )


def downgrade() -> None:
    op.drop_table("support_check")

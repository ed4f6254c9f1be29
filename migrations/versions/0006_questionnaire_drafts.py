"""Questionnaires that officers brought in and have not published yet: nothing respondents sent, gone after 30 days."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("file_name", sa.String(length=100), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_questionnaire_draft_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
    )


def downgrade() -> None:
    op.drop_table("questionnaire_draft")

"""Safe Havens: venues, who speaks for them, visits, training and steps; links and drafts by their hashes; prospects;
and counts of use, reports and feedback by day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SUSPENDED_BECAUSE = "'failed_visit', 'danger_report', 'reports', 'asked', 'other'"
_KIND = (
    "'shop', 'shopping_centre', 'cafe', 'fast_food', 'pub', 'pharmacy', 'library', 'culture', 'leisure', "
    "'school', 'worship', 'community', 'lobby'"
)
_STATUS = "'applied', 'approved', 'suspended', 'refused', 'left'"
_EVENT = (
    "'applied', 'visit_planned', 'visit_passed', 'visit_failed', 'trained', 'agreed', 'signed_off', "
    "'approved', 'refused', 'suspended', 'resumed', 'renewed', 'details_changed', 'hours_changed', "
    "'hours_proposed', 'lapsed', 'left', 'contacts_erased'"
)
_SAID = "'helped', 'partly', 'not_helped', 'nobody_knew'"
_HELP = (
    "'place_to_wait', 'someone_to_talk_to', 'phone', 'called_friend', 'called_999', 'called_101', "
    "'directions', 'unwell', 'other'"
)
_OUTCOME = "'left_by_self', 'met', 'emergency', 'not_known'"


def upgrade() -> None:
    op.create_table(
        "safe_haven_draft",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("saved_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_safe_haven_draft")),
    )
    op.create_table(
        "safe_haven_edition",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_safe_haven_edition_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_haven_edition")),
    )
    op.create_table(
        "safe_haven",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("opening", sa.String(length=500), nullable=False),
        sa.Column("opening_proposed", sa.String(length=500), nullable=True),
        sa.Column("least_staff", sa.Integer(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("keeps_out", sa.Boolean(), nullable=False),
        sa.Column("consents", sa.Boolean(), nullable=False),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("safeguarding_trained", sa.Boolean(), nullable=True),
        sa.Column("night_charter", sa.Boolean(), nullable=True),
        sa.Column("heard_from", sa.String(length=16), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("agreement", sa.String(length=16), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("suspended_because", sa.String(length=16), nullable=True),
        sa.Column("refused_because", sa.Text(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("lapse_told_on", sa.Date(), nullable=True),
        sa.Column("serial", sa.String(length=8), nullable=True),
        sa.Column("team_version", sa.Integer(), nullable=False),
        sa.Column("team_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(status = 'left') = (left_on IS NOT NULL)", name=op.f("ck_safe_haven_left_has_day")),
        sa.CheckConstraint(
            "(status = 'refused') = (refused_because IS NOT NULL)", name=op.f("ck_safe_haven_refused_with_reason")
        ),
        sa.CheckConstraint(
            f"(status = 'suspended') = (suspended_because IS NOT NULL) AND (suspended_because IS NULL OR suspended_because IN ({_SUSPENDED_BECAUSE}))",
            name=op.f("ck_safe_haven_suspended_with_reason"),
        ),
        sa.CheckConstraint(
            f"kind IN ({_KIND})",
            name=op.f("ck_safe_haven_kind_known"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_safe_haven_name_given")),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_safe_haven_slug_plain")),
        sa.CheckConstraint(
            "status <> 'approved' OR (approved_on IS NOT NULL AND serial IS NOT NULL)",
            name=op.f("ck_safe_haven_approved"),
        ),
        sa.CheckConstraint(f"status IN ({_STATUS})", name=op.f("ck_safe_haven_status_known")),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name=op.f("ck_safe_haven_lat_on_earth")),
        sa.CheckConstraint("least_staff >= 1", name=op.f("ck_safe_haven_staff_at_least_one")),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name=op.f("ck_safe_haven_lon_on_earth")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_safe_haven_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_haven")),
        sa.UniqueConstraint("reference", name=op.f("uq_safe_haven_reference")),
        sa.UniqueConstraint("serial", name=op.f("uq_safe_haven_serial")),
        sa.UniqueConstraint("slug", name=op.f("uq_safe_haven_slug")),
        sa.UniqueConstraint("team_hash", name=op.f("uq_safe_haven_team_hash")),
    )
    op.create_index(op.f("ix_safe_haven_place_id"), "safe_haven", ["place_id"], unique=False)
    op.create_index(op.f("ix_safe_haven_status"), "safe_haven", ["status"], unique=False)
    op.create_table(
        "safe_haven_contact",
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.CheckConstraint("role IN ('contact', 'deputy')", name=op.f("ck_safe_haven_contact_role_known")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_contact_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("haven_id", "role", name=op.f("pk_safe_haven_contact")),
    )
    op.create_index(op.f("ix_safe_haven_contact_email"), "safe_haven_contact", ["email"], unique=False)
    op.create_table(
        "safe_haven_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            f"event IN ({_EVENT})",
            name=op.f("ck_safe_haven_event_event_known"),
        ),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_event_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_haven_event")),
    )
    op.create_index(op.f("ix_safe_haven_event_haven_id"), "safe_haven_event", ["haven_id"], unique=False)
    op.create_table(
        "safe_haven_exception",
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("opening", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["haven_id"],
            ["safe_haven.id"],
            name=op.f("fk_safe_haven_exception_haven_id_safe_haven"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("haven_id", "on_day", name=op.f("pk_safe_haven_exception")),
    )
    op.create_table(
        "safe_haven_feedback",
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"said IN ({_SAID})", name=op.f("ck_safe_haven_feedback_said_known")),
        sa.CheckConstraint("n > 0", name=op.f("ck_safe_haven_feedback_n_positive")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_feedback_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("haven_id", "said_on", "said", name=op.f("pk_safe_haven_feedback")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "safe_haven_link",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_link_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_safe_haven_link")),
    )
    op.create_index(op.f("ix_safe_haven_link_haven_id"), "safe_haven_link", ["haven_id"], unique=False)
    op.create_table(
        "safe_haven_problem",
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=16), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("looked_n", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('put_right', 'nothing', 'visit', 'suspended')",
            name=op.f("ck_safe_haven_problem_outcome_known"),
        ),
        sa.CheckConstraint(
            "problem IN ('danger', 'turned_away', 'did_not_know', 'shut', 'details_wrong', 'sticker')",
            name=op.f("ck_safe_haven_problem_problem_known"),
        ),
        sa.CheckConstraint(
            "(looked_n IS NULL) = (outcome IS NULL)", name=op.f("ck_safe_haven_problem_looked_with_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (looked_on IS NULL)", name=op.f("ck_safe_haven_problem_outcome_has_day")
        ),
        sa.CheckConstraint("looked_n BETWEEN 1 AND n", name=op.f("ck_safe_haven_problem_looked_at_no_more")),
        sa.CheckConstraint("n > 0", name=op.f("ck_safe_haven_problem_n_positive")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_problem_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("haven_id", "problem", "reported_on", name=op.f("pk_safe_haven_problem")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "safe_haven_prospect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("approached_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("haven_id", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('not_asked', 'asked', 'interested', 'applied', 'no')",
            name=op.f("ck_safe_haven_prospect_answer_known"),
        ),
        sa.CheckConstraint(
            f"kind IN ({_KIND})",
            name=op.f("ck_safe_haven_prospect_kind_known"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_safe_haven_prospect_name_given")),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name=op.f("ck_safe_haven_prospect_lat_on_earth")),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name=op.f("ck_safe_haven_prospect_lon_on_earth")),
        sa.ForeignKeyConstraint(
            ["haven_id"],
            ["safe_haven.id"],
            name=op.f("fk_safe_haven_prospect_haven_id_safe_haven"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_safe_haven_prospect_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_haven_prospect")),
        sa.UniqueConstraint("name", "address", name=op.f("uq_safe_haven_prospect_name_address")),
    )
    op.create_index(op.f("ix_safe_haven_prospect_place_id"), "safe_haven_prospect", ["place_id"], unique=False)
    op.create_table(
        "safe_haven_signoff",
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_safe_haven_signoff_account_id_account")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_signoff_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("haven_id", "account_id", name=op.f("pk_safe_haven_signoff")),
    )
    op.create_table(
        "safe_haven_training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=16), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_training_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_haven_training")),
    )
    op.create_index(op.f("ix_safe_haven_training_haven_id"), "safe_haven_training", ["haven_id"], unique=False)
    op.create_table(
        "safe_haven_use",
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("daypart", sa.String(length=8), nullable=False),
        sa.Column("help", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "daypart IN ('00-06', '06-09', '09-12', '12-15', '15-19', '19-21', '21-24')",
            name=op.f("ck_safe_haven_use_daypart_known"),
        ),
        sa.CheckConstraint(
            f"help IN ({_HELP})",
            name=op.f("ck_safe_haven_use_help_known"),
        ),
        sa.CheckConstraint(f"outcome IN ({_OUTCOME})", name=op.f("ck_safe_haven_use_outcome_known")),
        sa.CheckConstraint("who IN ('adult', 'child', 'not_known')", name=op.f("ck_safe_haven_use_who_known")),
        sa.CheckConstraint("n > 0", name=op.f("ck_safe_haven_use_n_positive")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_use_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "haven_id", "used_on", "daypart", "help", "outcome", "who", name=op.f("pk_safe_haven_use")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "safe_haven_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("haven_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=8), nullable=True),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('first', 'yearly', 'announced', 'mystery')", name=op.f("ck_safe_haven_visit_kind_known")
        ),
        sa.CheckConstraint(
            "result IS NULL OR result IN ('passed', 'failed')", name=op.f("ck_safe_haven_visit_result_known")
        ),
        sa.CheckConstraint("(result IS NULL) = (made_on IS NULL)", name=op.f("ck_safe_haven_visit_result_has_day")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["safe_haven.id"], name=op.f("fk_safe_haven_visit_haven_id_safe_haven"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_safe_haven_visit_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_haven_visit")),
    )
    op.create_index(op.f("ix_safe_haven_visit_haven_id"), "safe_haven_visit", ["haven_id"], unique=False)
    op.execute("insert into safe_haven_edition (id, n) values (1, 0)")


def downgrade() -> None:
    op.drop_index(op.f("ix_safe_haven_visit_haven_id"), table_name="safe_haven_visit")
    op.drop_table("safe_haven_visit")
    op.drop_table("safe_haven_use")
    op.drop_index(op.f("ix_safe_haven_training_haven_id"), table_name="safe_haven_training")
    op.drop_table("safe_haven_training")
    op.drop_table("safe_haven_signoff")
    op.drop_index(op.f("ix_safe_haven_prospect_place_id"), table_name="safe_haven_prospect")
    op.drop_table("safe_haven_prospect")
    op.drop_table("safe_haven_problem")
    op.drop_index(op.f("ix_safe_haven_link_haven_id"), table_name="safe_haven_link")
    op.drop_table("safe_haven_link")
    op.drop_table("safe_haven_feedback")
    op.drop_table("safe_haven_exception")
    op.drop_index(op.f("ix_safe_haven_event_haven_id"), table_name="safe_haven_event")
    op.drop_table("safe_haven_event")
    op.drop_index(op.f("ix_safe_haven_contact_email"), table_name="safe_haven_contact")
    op.drop_table("safe_haven_contact")
    op.drop_index(op.f("ix_safe_haven_status"), table_name="safe_haven")
    op.drop_index(op.f("ix_safe_haven_place_id"), table_name="safe_haven")
    op.drop_table("safe_haven")
    op.drop_table("safe_haven_edition")
    op.drop_table("safe_haven_draft")

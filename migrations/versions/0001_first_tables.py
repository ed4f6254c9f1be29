"""First tables: places and posters, surveys and their waves, responses, answers and tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_area_slug_plain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("slug", name=op.f("uq_area_slug")),
    )
    op.create_table(
        "rollup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closed_before", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollup")),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("slug", name=op.f("uq_survey_slug")),
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ward",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("boundary", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ward")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ward_code", sa.String(length=16), nullable=True),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("precision", sa.String(length=16), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("external_id", sa.String(length=80), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('station', 'bus_hub', 'town_centre', 'market', 'street', 'car_park', 'park', 'estate', 'leisure', 'library', 'health', 'worship', 'school_area', 'other')",
            name=op.f("ck_place_kind_known"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_place_name_given")),
        sa.CheckConstraint(
            "precision IN ('point', 'stop', 'snap', 'hand', 'unknown')", name=op.f("ck_place_precision_known")
        ),
        sa.CheckConstraint("slug <> '' AND slug = lower(slug)", name=op.f("ck_place_slug_plain")),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name=op.f("ck_place_lat_on_earth")),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name=op.f("ck_place_lon_on_earth")),
        sa.ForeignKeyConstraint(["ward_code"], ["ward.code"], name=op.f("fk_place_ward_code_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("external_id", name=op.f("uq_place_external_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_place_slug")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_ward_code"), ["ward_code"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_version_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("survey_id", "digest", name=op.f("uq_version_survey_id_digest")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_version_survey_id_number")),
    )
    op.create_table(
        "place_area",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_place_area_area_id_area"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_area_place_id_place"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", "area_id", name=op.f("pk_place_area")),
    )
    with op.batch_alter_table("place_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_area_area_id"), ["area_id"], unique=False)

    op.create_table(
        "poster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("spot", sa.String(length=120), nullable=False),
        sa.Column("route", sa.String(length=120), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("up_on", sa.Date(), nullable=True),
        sa.Column("down_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(status = 'taken-down') = (down_on IS NOT NULL)", name=op.f("ck_poster_down_has_day")),
        sa.CheckConstraint(
            "kind IN ('fixed_place', 'bus_route', 'event', 'school_session')", name=op.f("ck_poster_kind_known")
        ),
        sa.CheckConstraint(
            "place_id IS NOT NULL OR (kind = 'bus_route' AND route IS NOT NULL)", name=op.f("ck_poster_place_or_route")
        ),
        sa.CheckConstraint("retired_on IS NULL OR status = 'taken-down'", name=op.f("ck_poster_retired_is_down")),
        sa.CheckConstraint("status <> 'up' OR up_on IS NOT NULL", name=op.f("ck_poster_up_has_day")),
        sa.CheckConstraint(
            "status IN ('planned', 'up', 'taken-down', 'reported')", name=op.f("ck_poster_status_known")
        ),
        sa.CheckConstraint(
            "down_on IS NULL OR up_on IS NULL OR down_on >= up_on", name=op.f("ck_poster_down_after_up")
        ),
        sa.CheckConstraint("length(code) = 8", name=op.f("ck_poster_code_length")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_poster_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster")),
        sa.UniqueConstraint("code", name=op.f("uq_poster_code")),
    )
    with op.batch_alter_table("poster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poster_place_id"), ["place_id"], unique=False)

    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closes_on is null or closes_on >= opens_on", name=op.f("ck_wave_closes_after_it_opens")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_wave_survey_id_survey")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_wave_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_wave_survey_id_number")),
    )
    op.create_table(
        "imported_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_imported_file_wave_id_wave")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_imported_file")),
    )
    op.create_table(
        "poster_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poster_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_poster_assignment_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["poster_id"], ["poster.id"], name=op.f("fk_poster_assignment_poster_id_poster")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_poster_assignment_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_assignment")),
        sa.UniqueConstraint("poster_id", "starts_on", name=op.f("uq_poster_assignment_poster_id_starts_on")),
    )
    with op.batch_alter_table("poster_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poster_assignment_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "response",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("poster_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("daypart", sa.String(length=5), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("flags", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "channel in ('web', 'sms', 'whatsapp', 'paper', 'import', 'demo')", name=op.f("ck_response_channel_known")
        ),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_response_id_is_16_bytes")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_response_place_id_place")),
        sa.ForeignKeyConstraint(["poster_id"], ["poster.id"], name=op.f("fk_response_poster_id_poster")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_response_wave_id_wave")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scan_count",
        sa.Column("poster_id", sa.Integer(), nullable=False),
        sa.Column("scanned_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_scan_count_n_positive")),
        sa.ForeignKeyConstraint(["poster_id"], ["poster.id"], name=op.f("fk_scan_count_poster_id_poster")),
        sa.PrimaryKeyConstraint("poster_id", "scanned_on", name=op.f("pk_scan_count")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("span", sa.String(length=1), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("option", sa.String(length=80), nullable=False),
        sa.Column("grp", sa.String(length=80), nullable=False),
        sa.Column("flagged", sa.SmallInteger(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_tally_wave_id_wave")),
        sa.PrimaryKeyConstraint(
            "wave_id",
            "attribute",
            "question",
            "span",
            "place_id",
            "day",
            "option",
            "grp",
            "flagged",
            "slot",
            name=op.f("pk_tally"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer",
        sa.Column("response_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("option", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_answer_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", "option", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("response_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("masked_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_comment_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("comment")
    op.drop_table("answer")
    op.drop_table("tally")
    op.drop_table("scan_count")
    op.drop_table("response")
    with op.batch_alter_table("poster_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poster_assignment_wave_id"))

    op.drop_table("poster_assignment")
    op.drop_table("imported_file")
    op.drop_table("wave")
    with op.batch_alter_table("poster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poster_place_id"))

    op.drop_table("poster")
    with op.batch_alter_table("place_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_area_area_id"))

    op.drop_table("place_area")
    op.drop_table("version")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_ward_code"))

    op.drop_table("place")
    op.drop_table("ward")
    op.drop_table("tombstone")
    op.drop_table("survey")
    op.drop_table("rollup")
    op.drop_table("area")

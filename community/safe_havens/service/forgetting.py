"""Forgetting on time: drafts and links after 30 days, names 90 days after a venue has gone, counts after two years."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.sql.dml import Delete, Update

from community.extensions import db
from community.safe_havens import once
from community.safe_havens.models import (
    HavenContact,
    HavenDraft,
    HavenFeedback,
    HavenLink,
    HavenProblem,
    HavenProspect,
    HavenTraining,
    HavenUse,
    HavenVisit,
    SafeHaven,
)
from community.safe_havens.service import letters, life
from community.safe_havens.service.drafts import KEPT_DAYS
from community.shared.clock import days_before

CONTACT_DAYS: Final = 90
"""After a venue has left or was refused."""
KEPT_LONG_DAYS: Final = 731
"""24 months, the longer ones."""
NO_LONGER_KEPT: Final = "No longer kept."
PERSONAL: Final = (
    "safe_haven_contact",
    "safe_haven_draft",
    "safe_haven_link",
    "safe_haven_prospect",
    "safe_haven_training",
)


def forget(today: date) -> dict[str, int]:
    """Delete what is past its time; table -> rows. Flushed, not committed; letters leave after the commit."""
    long_ago = days_before(today, KEPT_LONG_DAYS)
    once.forget(today)
    statements: dict[str, Delete | Update] = {
        "safe_haven_draft": delete(HavenDraft).where(HavenDraft.saved_on < days_before(today, KEPT_DAYS)),
        "safe_haven_link": delete(HavenLink).where(HavenLink.expires_on < today),
        "safe_haven_training": delete(HavenTraining).where(HavenTraining.finished_on < long_ago),
        "safe_haven_use": delete(HavenUse).where(HavenUse.used_on < long_ago),
        "safe_haven_feedback": delete(HavenFeedback).where(HavenFeedback.said_on < long_ago),
        "safe_haven_problem": delete(HavenProblem).where(HavenProblem.reported_on < long_ago),
        "safe_haven_visit": update(HavenVisit)
        .where(HavenVisit.made_on < long_ago, HavenVisit.note != "")
        .values(note=""),
        "safe_haven": update(SafeHaven)
        .where(SafeHaven.closed_on < long_ago, SafeHaven.refused_because != NO_LONGER_KEPT)
        .values(refused_because=NO_LONGER_KEPT),
        "safe_haven_prospect": _prospects(long_ago),
    }
    gone = {"safe_haven_contact": _contacts(today)}
    for table, statement in statements.items():
        result: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
        gone[table] = result.rowcount
    db.session.flush()
    return gone


def rewrite() -> None:
    """On PostgreSQL, write the tables with names in them anew, so that what was deleted leaves their files. SQLite's is
    rewritten whole each night. Outside any transaction."""
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in PERSONAL:
                connection.execute(text(f"vacuum full {table}"))


def _contacts(today: date) -> int:
    """Names and contacts of venues that have gone; the last letter says so."""
    gone_since = select(HavenContact.haven_id).join(SafeHaven, SafeHaven.id == HavenContact.haven_id)
    ids = db.session.scalars(gone_since.where(SafeHaven.closed_on <= days_before(today, CONTACT_DAYS)).distinct()).all()
    erased = 0
    for id in sorted(ids):
        haven = db.session.get_one(SafeHaven, id)
        letters.send(haven, "contacts_erased")
        erased += len(haven.contacts)
        haven.contacts.clear()
        db.session.execute(update(HavenTraining).where(HavenTraining.haven_id == id).values(name=None))
        db.session.execute(delete(HavenLink).where(HavenLink.haven_id == id))
        life.happened(haven, "contacts_erased", today)
    db.session.flush()
    return erased


def _prospects(long_ago: date) -> Update:
    """Contacts at businesses that were not approached for two years; the business stays on the list."""
    asked_on = func.coalesce(HavenProspect.approached_on, HavenProspect.added_on)
    given = or_(HavenProspect.contact_name != "", HavenProspect.contact_email != "", HavenProspect.contact_phone != "")
    return (
        update(HavenProspect)
        .where(asked_on < long_ago, given)
        .values(contact_name="", contact_email="", contact_phone="")
    )

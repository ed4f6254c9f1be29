"""What becomes of a venue at the staff desk: approved, refused, suspended, listed again; its hours; its code.

Each step has its day in the venue's history and its person in the audit trail, and the venue is told by letter. All is
flushed, not committed; a letter leaves after the commit."""

from __future__ import annotations

from datetime import date

from community.extensions import db
from community.places.codes import new_code
from community.safe_havens import desk_queries
from community.safe_havens.kinds import SUSPENSIONS
from community.safe_havens.models import HavenEvent, HavenSignoff, SafeHaven
from community.safe_havens.service import letters, readiness, relisting, team_codes
from community.shared.errors import UserError
from community.shared.runtime import runtime
from community.staff import audit
from community.support.week_in_words import week_in_words

LONGEST_REASON = 2_000


class NoSuchHaven(UserError):
    """There is no venue at this address."""


class NotNow(UserError):
    """This step cannot be taken as the venue stands. Says why, and what to do."""


class NotReady(NotNow):
    """The application lacks something. Says all that is missing."""


class FewStaff(NotNow):
    """Fewer at work than the scheme asks for, and the approver has not said that they know."""


def get(slug: str) -> SafeHaven:
    """Raises NoSuchHaven."""
    found = desk_queries.by_slug(slug)
    if found is None:
        raise NoSuchHaven(f"There is no Safe Haven {slug!r}.")
    return found


def happened(haven: SafeHaven, event: str, on: date) -> None:
    """Write a step into the venue's history. event: of kinds.EVENTS."""
    haven.events.append(HavenEvent(event=event, happened_on=on))


def sign_off(haven: SafeHaven, *, by: int, on: date, knows_few_staff: bool = False) -> bool:
    """Say yes to an application. True when the venue is approved by it; False when a second approver has to say yes
    too.

    by: the account that says it. knows_few_staff: they say yes although the venue named fewer at work than the scheme
    asks for; it stands in the audit trail. Raises NotNow unless it waits for a decision, NotReady with all that is
    missing, FewStaff where that was not said, and NotNow for a second yes by the same person."""
    hold(haven)
    _only(haven, "applied", "Only an application can be approved")
    if lacks := readiness.missing(haven, today=on):
        told = "; ".join(f"{need.what.lower()} ({need.words})" for need in lacks)
        raise NotReady(f"{haven.name} cannot be approved yet. Missing: {told}.")
    if any(one.account_id == by for one in haven.signoffs):
        raise NotNow("You have said yes already. Somebody else must say yes too.")
    few = readiness.has_few_staff(haven)
    if few and not knows_few_staff:
        raise FewStaff(few)
    if few:
        audit.record("haven.accept-few-staff", haven.slug, {"least_staff": str(haven.least_staff)})
    haven.signoffs.append(HavenSignoff(account_id=by, signed_on=on))
    if runtime().settings.havens.second_approver and len(haven.signoffs) < 2:
        happened(haven, "signed_off", on)
        audit.record("haven.sign-off", haven.slug)
        db.session.flush()
        return False
    _approve(haven, on)
    return True


def refuse(haven: SafeHaven, because: str, *, on: date) -> None:
    """Say no to an application. because: as the applicant is told. Raises NotNow."""
    hold(haven)
    _only(haven, "applied", "Only an application can be refused")
    reason = because.strip()
    if not reason:
        raise NotNow("Write why, as the applicant will read it.")
    if len(reason) > LONGEST_REASON:
        raise NotNow(f"Write the reasons in {LONGEST_REASON:,} letters at most.")
    haven.status, haven.refused_because, haven.closed_on = "refused", reason, on
    haven.signoffs.clear()
    happened(haven, "refused", on)
    audit.record("haven.refuse", haven.slug)
    letters.send(haven, "refused", reasons=reason)
    db.session.flush()


def suspend(haven: SafeHaven, reason: str, *, on: date, tell: bool = True) -> None:
    """Take a venue off the list at once. reason: of kinds.SUSPENSIONS. tell: whether this writes to it. Raises
    NotNow."""
    hold(haven)
    _only(haven, "approved", "Only an approved venue can be suspended")
    if reason not in SUSPENSIONS:
        raise NotNow("Choose why.")
    haven.status, haven.suspended_because = "suspended", reason
    happened(haven, "suspended", on)
    audit.record("haven.suspend", haven.slug, {"because": reason})
    if tell:
        letters.send(haven, "suspended", reasons=[SUSPENSIONS[reason].capitalize()])
    db.session.flush()


def resume(haven: SafeHaven, *, on: date) -> None:
    """Put a suspended venue on the list again. Raises NotNow; NotReady when it was suspended for a failed visit and
    nobody there has done the training since, or while nobody has looked at a report of danger."""
    hold(haven)
    _only(haven, "suspended", "Only a suspended venue can be listed again")
    if found := relisting.hindrances(haven):
        raise NotReady(f"{haven.name} cannot be listed again yet: {'; and '.join(found)}.")
    haven.status, haven.suspended_because = "approved", None
    happened(haven, "resumed", on)
    audit.record("haven.resume", haven.slug)
    letters.send(haven, "resumed")
    db.session.flush()


def accept_hours(haven: SafeHaven, *, on: date) -> None:
    """Publish the hours that the venue proposed. Raises NotNow when none wait."""
    opening = _proposed(haven)
    haven.opening, haven.opening_proposed = opening, None
    happened(haven, "hours_changed", on)
    audit.record("haven.accept-hours", haven.slug, {"opening": opening})
    letters.send(haven, "hours_changed", hours=week_in_words(opening))
    db.session.flush()


def decline_hours(haven: SafeHaven) -> None:
    """Let the old hours stand. Raises NotNow when none wait."""
    audit.record("haven.decline-hours", haven.slug, {"opening": _proposed(haven)})
    haven.opening_proposed = None
    letters.send(haven, "hours_declined", hours=week_in_words(haven.opening))
    db.session.flush()


def new_team_code(haven: SafeHaven) -> None:
    """Make another code for the team: the one before opens nothing any more; the venue is sent the new one. Raises
    NotNow."""
    hold(haven)
    if haven.status not in team_codes.ACTIVE:
        raise NotNow(f"{haven.name} is not in the scheme, so its code opens nothing anyway.")
    team_codes.renew(haven)
    audit.record("haven.team-code", haven.slug)
    letters.send(haven, "training_wanted")


def remind(haven: SafeHaven, what: str) -> None:
    """Ask the venue by letter for what an application lacks, or for the agreement where it is another one by now. what:
    "training" or "agreement". Raises NotNow."""
    if not (what == "agreement" and readiness.must_agree_again(haven)):
        _only(haven, "applied", "Only an application is reminded from here")
    if what not in ("training", "agreement"):
        raise NotNow("Choose what to ask for.")
    audit.record("haven.remind", haven.slug, {"of": what})
    letters.send(haven, f"{what}_wanted")


def hold(haven: SafeHaven) -> None:
    """Read the venue anew and hold its row until the transaction ends, so that two people's steps come one by one."""
    db.session.flush()
    db.session.refresh(haven, with_for_update=True)


def _approve(haven: SafeHaven, on: date) -> None:
    passed = readiness.passed_visit(haven)
    haven.serial = haven.serial or _free_serial()
    haven.status, haven.approved_on = "approved", on
    haven.checked_on = passed.made_on if passed else on
    happened(haven, "approved", on)
    team_codes.ensure(haven)
    audit.record("haven.approve", haven.slug, {"serial": haven.serial})
    letters.send(haven, "approved")
    db.session.flush()


def _free_serial() -> str:
    serial = new_code()
    while desk_queries.serial_taken(serial):
        serial = new_code()
    return serial


def _only(haven: SafeHaven, status: str, otherwise: str) -> None:
    if haven.status != status:
        raise NotNow(f"{otherwise}. Somebody may have seen to it meanwhile: look at the page again.")


def _proposed(haven: SafeHaven) -> str:
    hold(haven)
    if haven.opening_proposed is None:
        raise NotNow("No hours wait. Somebody may have seen to it meanwhile.")
    return haven.opening_proposed

"""A poster's life (planned, up, reported, taken down, retired) and the waves it serves, one on any day."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError

from community.extensions import db
from community.places import cells, queries
from community.places.codes import Chooser, display, new_code, normalise
from community.places.kinds import ANSWERING_STATUSES, POSTER_KINDS
from community.places.models import Place, Poster, PosterAssignment, PosterEvent
from community.shared.errors import UserError
from community.staff import audit

MAX_AT_ONCE: Final = 500
_TRIES: Final = 5


class NoSuchPoster(UserError):
    """No poster of ours has this code."""


class NoSuchWave(UserError):
    """There is no such wave to point a poster at."""


class BadPoster(UserError):
    """A poster cannot be made like this."""


class PosterIsDown(UserError):
    """The poster was taken down, or retired for good."""


class WrongDay(UserError):
    """Days in the wrong order."""


class AssignmentOverlap(UserError):
    """The poster already serves a wave on some of these days."""


@dataclass(frozen=True)
class PosterVisit:
    """What a poster's page needs, as plain values. wave_id: the wave it serves on that day; None when there is none
    or the poster was taken down. place_*: None on a bus route, which has its route instead."""

    poster_id: int
    code: str
    place_id: int | None
    place_name: str | None
    place_slug: str | None
    ward_code: str | None
    place_kind: str | None
    kind: str
    status: str
    spot: str
    route: str | None
    up_on: date | None
    wave_id: int | None


def poster_visit(code: str, on: date) -> PosterVisit | None:
    """The poster whose code this is, typed well or badly, and the wave it serves on a London day. None: not ours."""
    canonical = normalise(code)
    row = queries.visit(canonical, on) if canonical else None
    if row is None:
        return None
    visit = PosterVisit(*row)
    return visit if visit.status in ANSWERING_STATUSES else replace(visit, wave_id=None)


def find(code: str) -> Poster | None:
    """The poster whose code this is, whatever has become of it; None when it is not ours."""
    canonical = normalise(code)
    return queries.poster_by_code(canonical) if canonical else None


def get(code: str) -> Poster:
    """The same; raises NoSuchPoster."""
    poster = find(code)
    if poster is None:
        raise NoSuchPoster(f"No poster of ours has the code {code[:40]!r}. `posters list` shows those there are.")
    return poster


def list_posters(place_slug: str | None = None) -> Sequence[Poster]:
    """All posters, or those at one place, with their places; by place, then in the order they were made."""
    return queries.posters(place_slug)


def create_posters(
    place: Place | None,
    *,
    on: date,
    kind: str = "fixed_place",
    spot: str = "",
    route: str | None = None,
    n: int = 1,
    wave_id: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    rng: Chooser = secrets,
) -> list[Poster]:
    """`n` planned posters for one spot, each with a code of its own. Flushed, not committed.

    place: None only on a bus route, which then needs `route`. wave_id: the wave they serve, from `starts_on` (the day
    they are made, when not said) to `ends_on`. Raises BadPoster, NoSuchWave, WrongDay."""
    if kind not in POSTER_KINDS:
        raise BadPoster(f"{kind!r} is not a kind of poster. Use one of: {', '.join(POSTER_KINDS)}.")
    if not 1 <= n <= MAX_AT_ONCE:
        raise BadPoster(f"{n} posters cannot be made at once. Make 1 to {MAX_AT_ONCE}.")
    spot, route = _words("spot", spot), _words("route", route or "") or None
    if place is None and (kind != "bus_route" or route is None):
        raise BadPoster("A poster needs a place. Only one on a bus route has none; it needs its route.")
    made = [_create_one(place, on=on, kind=kind, spot=spot, route=route, rng=rng) for _ in range(n)]
    if wave_id is not None:
        for poster in made:
            assign(poster, wave_id, starts_on or on, ends_on)
    return made


def _create_one(place: Place | None, *, on: date, kind: str, spot: str, route: str | None, rng: Chooser) -> Poster:
    for _ in range(_TRIES):
        poster = Poster(
            code=new_code(rng),
            place_id=place.id if place else None,
            kind=kind,
            spot=spot,
            route=route,
            created_on=on,
        )
        try:
            with db.session.begin_nested():
                db.session.add(poster)
                _note(poster, "planned", on)
        except IntegrityError:  # the code is taken, one draw in thousands of millions: draw again
            continue
        return poster
    raise BadPoster("No free code was found. Try again.")


def put_up(poster: Poster, on: date) -> Poster:
    """It hangs, from this day; a reported one was looked at and is ours. Flushed. Raises PosterIsDown if retired."""
    if poster.retired_on is not None:
        raise PosterIsDown(f"{display(poster.code)} was retired on {poster.retired_on}. Make a new poster.")
    if poster.status != "up":
        kept = poster.up_on if poster.status == "reported" else None
        poster.status, poster.up_on, poster.down_on = "up", kept or on, None
        _note(poster, "up", on)
    return poster


def take_down(poster: Poster, on: date) -> Poster:
    """It no longer hangs, and asks nothing from now on. Flushed. Raises WrongDay before the day it went up."""
    if poster.status != "taken-down":
        if poster.up_on is not None and on < poster.up_on:
            raise WrongDay(f"{display(poster.code)} went up on {poster.up_on}; it cannot have come down before.")
        poster.status, poster.down_on = "taken-down", on
        _note(poster, "taken-down", on)
    return poster


def report_fake(poster: Poster, on: date) -> Poster:
    """Somebody doubts that it is ours; it answers on until someone has looked. Flushed. Raises PosterIsDown."""
    if poster.status == "taken-down":
        raise PosterIsDown(f"{display(poster.code)} was taken down on {poster.down_on} already.")
    if poster.status != "reported":
        poster.status = "reported"
        _note(poster, "reported", on)
    return poster


def retire(poster: Poster, on: date) -> Poster:
    """Taken down for good: its code is never hung again. Flushed. Raises WrongDay before the day it went up."""
    take_down(poster, on)
    if poster.retired_on is None:
        poster.retired_on = on
        _note(poster, "retired", on)
    return poster


BECOMES: Final[dict[str, Callable[[Poster, date], Poster]]] = {
    "up": put_up,
    "taken-down": take_down,
    "reported": report_fake,
    "retired": retire,
}
"""What a poster may be marked as -> the verb that does it."""


def assign(poster: Poster, wave_id: int, starts_on: date, ends_on: date | None = None) -> PosterAssignment:
    """Let the poster serve a wave from one day to another, both included; until further notice without an end.

    Answers keep the wave they were given in. Flushed. Raises AssignmentOverlap, WrongDay, PosterIsDown, NoSuchWave."""
    if ends_on is not None and ends_on < starts_on:
        raise WrongDay(f"The last day ({ends_on}) comes before the first ({starts_on}).")
    poster = queries.poster_locked(poster.id)
    if poster.retired_on is not None:
        raise PosterIsDown(f"{display(poster.code)} was retired on {poster.retired_on}. Make a new poster.")
    for other in queries.assignments(poster.id):
        if other.starts_on <= (ends_on or date.max) and starts_on <= (other.ends_on or date.max):
            raise AssignmentOverlap(
                f"{display(poster.code)} serves wave {other.wave_id} from {other.starts_on} to "
                f"{other.ends_on or 'further notice'}. Choose other days, or end that first."
            )
    assignment = PosterAssignment(poster_id=poster.id, wave_id=wave_id, starts_on=starts_on, ends_on=ends_on)
    try:
        with db.session.begin_nested():
            db.session.add(assignment)
    except IntegrityError as exc:
        raise NoSuchWave(f"There is no wave {wave_id}. `surveys list` shows those there are.") from exc
    days = {"from": starts_on.isoformat(), "to": ends_on.isoformat() if ends_on else "until further notice"}
    audit.record("poster.assign", poster.code, {"wave": str(wave_id), **days})
    return assignment


def repoint(poster: Poster, wave_id: int, starts_on: date, ends_on: date | None = None) -> PosterAssignment:
    """Serve this wave from a day on, instead of the one it serves then, which ends the day before. Flushed.

    No answer moves: each keeps the wave it was given in. Raises as `assign`; a later one stays in the way."""
    poster = queries.poster_locked(poster.id)
    for other in queries.assignments(poster.id):
        if other.starts_on == starts_on:
            db.session.delete(other)
        elif other.starts_on < starts_on and (other.ends_on is None or other.ends_on >= starts_on):
            other.ends_on = starts_on - timedelta(days=1)
    db.session.flush()
    return assign(poster, wave_id, starts_on, ends_on)


def assignments(poster: Poster) -> Sequence[PosterAssignment]:
    """Which waves it serves and served, by first day."""
    return queries.assignments(poster.id)


def _note(poster: Poster, event: str, on: date) -> None:
    """Store the poster as it is now, with a line in its history and one in the audit trail."""
    poster.events.append(PosterEvent(event=event, happened_on=on))
    db.session.flush()
    where = {"kind": poster.kind, "spot": poster.spot} if event == "planned" else {}
    audit.record(f"poster.{event}", poster.code, {"on": on.isoformat(), **where})


def _words(what: str, text: str) -> str:
    try:
        return cells.text(text, longest=120)
    except cells.BadCell as exc:
        raise BadPoster(f"The {what} {exc}") from exc

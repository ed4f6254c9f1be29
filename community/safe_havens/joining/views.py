"""The pages of an application: start, one screen after another, check, sent; and going on with a saved one."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from community.extensions import reading
from community.safe_havens.forms.fields import Filled, first
from community.safe_havens.joining import screens, summing_up
from community.safe_havens.joining.filling import Filling, unseal
from community.safe_havens.joining.pages import SAVE, page
from community.safe_havens.joining.reading import PrivateHome, begin_spot
from community.safe_havens.joining.sending import send
from community.safe_havens.joining.showing import known_places, screen_context
from community.safe_havens.joining.spot import Known
from community.safe_havens.service import drafts, letters, pacing, post
from community.safe_havens.service.links import LinkOver
from community.safe_havens.venue_pages import before_each, filled_in, keep_nothing
from community.shared.clock import london_now, london_today
from community.shared.database import commit
from community.shared.runtime import runtime
from community.shared.sealed import BadSeal

bp = Blueprint("haven_joining", __name__)
bp.before_request(before_each)


@bp.get("/safe-havens/register")
def start() -> ResponseReturnValue:
    return render_template("safe_havens/joining/start.html", wanted=runtime().settings.havens)


@bp.get("/safe-havens/register/saved/<saved>")
def go_on_with(saved: str) -> ResponseReturnValue:
    try:
        filling = Filling.from_json(drafts.opened(saved, on=london_today()))
    except (LinkOver, BadSeal):
        return keep_nothing(page("no_draft.html", status=404))
    filling.draft = saved
    return keep_nothing(_screen(filling, welcome=True))


@bp.post("/safe-havens/register")
def answer() -> ResponseReturnValue:
    """Take a screen in and show what follows."""
    reading.set("_send" not in request.form and "_save_to" not in request.form)
    if "_state" not in request.form:
        return _screen(Filling.fresh(screens.FIRST))
    try:
        filling = unseal(request.form["_state"], runtime().keys, today=london_today())
    except BadSeal:
        return page("start_again.html", status=410)
    if filling.screen == SAVE:
        return _save(filling)
    if "_look" in request.form:
        return _screen(filling)
    if filling.screen == screens.CHECK:
        return _from_check(filling)
    return _from_screen(filling)


def _from_screen(filling: Filling) -> ResponseReturnValue:
    screen = screens.by_key(filling.screen)
    if screen is None:
        return page("start_again.html", status=410)
    filled, wanted = filled_in(), runtime().settings.havens
    try:
        screen.read(filled, filling)
    except PrivateHome:
        return page("a_home.html", filling=filling)
    if filled.errors:
        filling.keep(screen.key, filled.shown_again() | _carried(filling), right=False)
    else:
        filling.keep(screen.key, filled.kept, right=not filled.stay)
    if "_save" in request.form:
        return _ask_where_to(filling)
    if "_back" in request.form:
        filling.screen = screens.CHECK if filling.checking else screens.before(filling, wanted)
        return _screen(filling)
    if filled.errors or filled.stay:
        return _screen(filling, filled=filled)
    filling.screen = screens.after(filling, wanted)
    return _screen(filling)


def _carried(filling: Filling) -> dict[str, list[str]]:
    """Of a screen that is shown again, what stands in no field of its form."""
    return {name: list(filling.of(filling.screen)[name]) for name in ("days", "lat", "lon", "step")
            if name in filling.of(filling.screen)}  # fmt: skip


def _from_check(filling: Filling) -> ResponseReturnValue:
    wanted = runtime().settings.havens
    if "_save" in request.form:
        return _ask_where_to(filling)
    if "_back" in request.form:
        filling.screen, filling.checking = screens.before(filling, wanted), False
        return _screen(filling)
    if screens.by_key(change := request.form.get("_change", "")) is not None:
        filling.screen = change
        return _screen(filling)
    missing = screens.after(filling, wanted)
    if "_send" not in request.form or missing != screens.CHECK:
        filling.screen = missing
        return _screen(filling)
    return send(filling)


def _ask_where_to(filling: Filling, errors: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    back_to = filling.screen if filling.screen != SAVE else filling.answers[SAVE]["back"][0]
    filling.answers[SAVE] = {"back": [back_to]}
    filling.screen = SAVE
    typed = request.form.get("_save_to", "") or first(filling.of("contact"), "email")
    return page(
        "save.html", 422 if errors else 200, errors=errors or [], filling=filling,
        email=typed[:254], can_send=post.can_send(),
    )  # fmt: skip


def _save(filling: Filling) -> ResponseReturnValue:
    back_to = filling.answers[SAVE]["back"][0]
    filled = filled_in()
    if "_back" in request.form:
        filling.screen = back_to
        return _screen(filling)
    email = filled.email("_save_to", missing="Enter your email address.")
    if filled.errors:
        return _ask_where_to(filling, filled.errors)
    if not pacing.may_write(email, london_now()):
        return _ask_where_to(
            filling, [("_save_to", "We just wrote to this address. Look there, or wait five minutes.")]
        )
    filling.screen = back_to
    filling.answers.pop(SAVE)
    filling.draft = drafts.save(filling.as_json() | {"draft": ""}, token=filling.draft, on=london_today())
    letters.send_to(email, "saved", link=drafts.address_of(filling.draft))
    commit()
    return keep_nothing(page("saved.html", email=email, filling=filling))


def _screen(filling: Filling, *, filled: Filled | None = None, welcome: bool = False) -> Response:
    """The screen at hand, or the answers to check."""
    wanted = runtime().settings.havens
    if filling.screen == screens.CHECK:
        return _check(filling)
    screen = screens.by_key(filling.screen) or screens.SCREENS[0]
    known = known_places() if screen.key in ("where", "spot") else []
    if screen.key == "spot":
        chosen = first(filling.of("where"), "place")
        begin_spot(filling, next((at for slug, at in known if slug == chosen), None), [at for _, at in known])
    at, most = screens.number(filling, wanted)
    errors = filled.errors if filled else []
    return page(
        "ask.html", 422 if errors else 200, screen=screen, errors=errors, number=at, most=most,
        values=filling.of(screen.key), welcome=welcome, checking=filling.checking, filling=filling,
        **screen_context(screen.key, filling, known),
    )  # fmt: skip


def _check(filling: Filling) -> Response:
    filling.checking = True
    wanted = runtime().settings.havens
    known: list[Known] = [at for _, at in known_places()]
    lines = summing_up.lines(filling, wanted, known)
    return page("check.html", lines=lines, filling=filling)

"""Whether a sticker is ours, and whether the venue that shows it helped."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.extensions import reading
from community.places.codes import display
from community.safe_havens.public.blueprint import bp, demo_words
from community.safe_havens.public.counting import count_once, new_mark
from community.safe_havens.service import feedback
from community.safe_havens.service.standing import Checked, Sticker, check
from community.shared import languages
from community.shared.clock import london_today
from community.support.service import for_everyone


@bp.get("/safe-havens/check")
def which_sticker() -> ResponseReturnValue:
    """Asks for a sticker's serial and goes to its page. A serial is public: it hangs in a window."""
    typed = "".join(letter for letter in request.args.get("serial", "")[:40] if letter.isalnum() or letter == "-")
    if typed:
        return redirect(url_for("safe_havens.sticker", serial=typed, lang=request.args.get("lang")))
    return render_template("safe_havens/which_sticker.html")


@bp.get("/safe-havens/check/<serial>")
def sticker(serial: str) -> ResponseReturnValue:
    """Live, lapsed or unknown, with the day of the last check."""
    return _page(check(serial, london_today()))


@bp.post("/safe-havens/check/<serial>")
def helped(serial: str) -> ResponseReturnValue:
    """Whether they helped, as a visitor says: a count by day."""
    languages.use(request.form.get("_language", languages.current()))
    reading.set(True)  # what comes in a flood is looked at, not written
    today = london_today()
    checked = check(serial, today)
    if checked.haven is None:
        return _page(checked)
    haven_id, said = checked.haven.id, request.form.get("said", "")
    try:
        is_counted = feedback.is_counted(haven_id, said, today)
    except feedback.BadFeedback:
        return _page(checked, [("said", _("Choose whether they helped."))])
    name, slug, demo = checked.haven.name, checked.haven.slug, checked.haven.demo
    if is_counted:
        count_once(request.form.get("_mark", ""), said, lambda: feedback.say(haven_id, said, today), on=today)
    return render_template(
        "safe_havens/thanks.html",
        name=name,
        slug=slug if checked.is_listed else None,
        was_good=said == "helped",
        services=for_everyone(),
        demo_banner=demo_words(demo),
    )


def _page(checked: Checked, errors: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    page = render_template(
        "safe_havens/sticker.html",
        checked=checked,
        state=checked.sticker.value,
        printed=display(checked.serial) if checked.serial else "",
        errors=errors or [],
        mark=new_mark(),
        services=for_everyone() if checked.sticker is Sticker.unknown else (),
        demo_banner=demo_words(checked.haven is not None and checked.haven.demo),
    )
    return page, 422 if errors else 404 if checked.sticker is Sticker.unknown else 200

"""Bringing a questionnaire in: a file is read, looked at as a draft, and published or thrown away."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from community.extensions import db
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.shared.headers import may_show_frames
from community.staff.access import needs, signed_in
from community.staff.uploads import TOO_LARGE, read_away, sent_file
from community.surveys.differences import differences, whole
from community.surveys.files import KINDS, load_file
from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.questionnaire_desk.blueprint import bp
from community.surveys.questionnaire_desk.seen import seen
from community.surveys.questionnaire_desk.showing import framed, of
from community.surveys.service import drafts
from community.surveys.service.drafts import ChangedMeanwhile, Draft, NoSuchDraft
from community.surveys.service.waves import FrozenWording

SEE_OTHER = 303
MOST_SHOWN = 100
Errors = list[tuple[str, str]]


@bp.route("/bring-in", methods=["GET", "POST"])
@needs("manage_questionnaires")
def bring_in() -> ResponseReturnValue:
    if request.method == "GET":
        return _form()
    sent = sent_file("file")
    if sent is None:
        return _form([("file", "Select a file.")])
    name, file = sent
    if not name.lower().endswith(KINDS):
        return _form([("file", "Select a spreadsheet (.xlsx or .csv) or a YAML file (.yaml).")])
    try:
        loaded = load_file(file.read(), name=name)
    except QuestionnaireError as wrong:
        return _form([("file", _how_many(wrong.problems))], name=name, problems=wrong.problems)
    person = signed_in()
    assert person is not None
    draft = drafts.keep(loaded.questionnaire, loaded.remarks, file_name=name, by=person.id, on=london_today())
    db.session.commit()
    return redirect(url_for("questionnaire_desk.draft", draft=draft), SEE_OTHER)


@bp.get("/drafts/<draft>")
@needs("manage_questionnaires")
def draft(draft: str) -> ResponseReturnValue:
    return _draft_page(draft)


@bp.get("/drafts/<draft>/screens/<screen>")
@needs("manage_questionnaires")
def draft_screen(draft: str, screen: str) -> ResponseReturnValue:
    try:
        return framed(drafts.find(draft, today=london_today()).questionnaire, screen)
    except (NoSuchDraft, QuestionnaireError):
        return _gone()


@bp.post("/drafts/<draft>/publish")
@needs("manage_questionnaires")
def publish(draft: str) -> ResponseReturnValue:
    seen_number = request.form.get("number", "")
    try:
        number = int(seen_number) if seen_number.isascii() and seen_number.isdigit() else 0
        version = drafts.publish(draft, seen_number=number, today=london_today())
        survey = version.survey.slug
        db.session.commit()
    except NoSuchDraft:
        db.session.rollback()
        return _gone()
    except (FrozenWording, ChangedMeanwhile) as refused:
        db.session.rollback()
        return _draft_page(draft, [("publish", refused.message)])
    except QuestionnaireError:
        db.session.rollback()
        return _draft_page(draft)
    return redirect(url_for("questionnaire_desk.survey", survey=survey, published=version.number), SEE_OTHER)


@bp.post("/drafts/<draft>/throw-away")
@needs("manage_questionnaires")
def throw_away(draft: str) -> ResponseReturnValue:
    try:
        drafts.throw_away(draft, today=london_today())
        db.session.commit()
    except UserError:
        db.session.rollback()
        return _gone()
    return redirect(url_for("questionnaire_desk.surveys"), SEE_OTHER)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    read_away()
    page, _ = _form([("file", f"{TOO_LARGE} Take pictures out, or split it into two questionnaires.")])
    return page, 413


def _form(errors: Errors | None = None, *, name: str = "", problems: list[Problem] | None = None) -> tuple[str, int]:
    listed = problems or []
    page = render_template(
        "surveys/questionnaire_desk/bring_in.html",
        errors=errors or [],
        name=name,
        problems=listed[:MOST_SHOWN],
        more=max(0, len(listed) - MOST_SHOWN),
        endings=",".join(KINDS),
    )
    return page, 422 if errors else 200


def _draft_page(id: str, errors: Errors | None = None) -> ResponseReturnValue:
    try:
        found = drafts.find(id, today=london_today())
    except NoSuchDraft:
        return _gone()
    except QuestionnaireError as wrong:
        return _form([("file", _how_many(wrong.problems))], name=wrong.name, problems=wrong.problems)
    old = of(found.before) if found.before else None
    page = render_template(
        "surveys/questionnaire_desk/draft.html",
        draft=found,
        questionnaire=found.questionnaire,
        seen=seen(found.questionnaire, lang=request.args.get("lang", ""), screen=request.args.get("screen", "")),
        changed=differences(old, found.questionnaire) if old else [],
        changed_whole=whole(old, found.questionnaire) if old else [],
        errors=errors or [],
        goes=_goes(found),
    )
    return may_show_frames(make_response(page, 422 if errors else 200))


def _goes(draft: Draft) -> str:
    """What it will be, in words."""
    if draft.before is None:
        return f"a new survey, {draft.questionnaire.slug}"
    return f"version {draft.number} of {draft.questionnaire.slug}"


def _how_many(problems: list[Problem]) -> str:
    number = "one thing" if len(problems) == 1 else f"{len(problems)} things"
    return f"Nothing was brought in. Put {number} right in the file, then select it again."


def _gone() -> tuple[str, int]:
    return render_template("surveys/questionnaire_desk/no_draft.html"), 404

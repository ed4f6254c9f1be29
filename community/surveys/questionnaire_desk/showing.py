"""Looking: surveys and their waves, a version as people see it and what it changed, and taking it along as a file."""

from __future__ import annotations

import io

from flask import Response, abort, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from community.shared.clock import london_today
from community.shared.headers import may_be_framed, may_show_frames
from community.staff.access import needs, signed_in
from community.surveys import queries
from community.surveys.differences import differences, whole
from community.surveys.fielding import parse
from community.surveys.loading import dump
from community.surveys.models import Version
from community.surveys.questionnaire import Questionnaire
from community.surveys.questionnaire_desk.blueprint import bp
from community.surveys.questionnaire_desk.seen import on_a_phone, seen
from community.surveys.service import drafts, waves
from community.surveys.xlsform import writing

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@needs("see_questionnaires")
def surveys() -> ResponseReturnValue:
    today = london_today()
    found = [(slug, title_of(slug), versions, waves.waves_of(slug)) for slug, versions, _ in queries.surveys()]
    waiting = drafts.kept(today) if may_manage() else []
    return render_template(
        "surveys/questionnaire_desk/surveys.html", surveys=found, drafts=waiting, today=today, may_manage=may_manage()
    )


@bp.get("/surveys/<survey>")
@needs("see_questionnaires")
def survey(survey: str) -> ResponseReturnValue:
    versions = queries.versions_of(survey)
    if not versions:
        abort(404)
    return render_template(
        "surveys/questionnaire_desk/survey.html",
        survey=survey,
        title=title_of(survey),
        versions=versions,
        waves=waves.waves_of(survey),
        today=london_today(),
        published=request.args.get("published", ""),
        may_manage=may_manage(),
    )


@bp.get("/surveys/<survey>/<int:number>")
@needs("see_questionnaires")
def version(survey: str, number: int) -> ResponseReturnValue:
    found = _version(survey, number)
    before = next((old for old in queries.versions_of(survey) if old.number == number - 1), None)
    questionnaire = of(found)
    page = render_template(
        "surveys/questionnaire_desk/version.html",
        survey=survey,
        version=found,
        questionnaire=questionnaire,
        seen=seen(questionnaire, lang=request.args.get("lang", ""), screen=request.args.get("screen", "")),
        before=before,
        changed=differences(of(before), questionnaire) if before else [],
        changed_whole=whole(of(before), questionnaire) if before else [],
    )
    return may_show_frames(make_response(page))


@bp.get("/surveys/<survey>/<int:number>/screens/<screen>")
@needs("see_questionnaires")
def version_screen(survey: str, number: int, screen: str) -> ResponseReturnValue:
    return framed(of(_version(survey, number)), screen)


@bp.get("/surveys/<survey>/<int:number>/file.<ending>")
@needs("see_questionnaires")
def version_file(survey: str, number: int, ending: str) -> ResponseReturnValue:
    questionnaire = of(_version(survey, number))
    if ending not in ("yaml", "xlsx"):
        abort(404)
    if ending == "xlsx":
        return _file(writing.dump(questionnaire), SPREADSHEET, f"{survey}-{number}.xlsx")
    return _file(dump(questionnaire).encode(), "application/yaml", f"{survey}-{number}.yaml")


def framed(questionnaire: Questionnaire, screen: str) -> Response:
    """One screen as people see it, to stand inside a page of the desk."""
    try:
        page = on_a_phone(questionnaire, screen, lang=request.args.get("lang", "en"))
    except KeyError:
        abort(404)
    return may_be_framed(make_response(page))


def may_manage() -> bool:
    person = signed_in()
    return person is not None and person.may("manage_questionnaires")


def of(version: Version) -> Questionnaire:
    return parse(version.definition)[0]


def title_of(survey: str) -> str:
    """The English title of the newest version; empty for a survey that is not there."""
    newest = queries.latest_version(survey)
    return of(newest).title["en"] if newest else ""


def _version(survey: str, number: int) -> Version:
    found = next((one for one in queries.versions_of(survey) if one.number == number), None)
    if found is None:
        abort(404)
    return found


def _file(data: bytes, kind: str, name: str) -> Response:
    return send_file(io.BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)

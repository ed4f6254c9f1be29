"""The application: the one file that knows every room."""

from __future__ import annotations

import jinja2
from flask import Flask, request
from flask_babel import Babel
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from community.bot import out_of_order
from community.bot import views as bot_views
from community.bot.cli import bot_cli
from community.bot.service import answer_text
from community.config import ROOT, Settings
from community.extensions import csrf, db, engine_options, migrate, prepare_engine, reading
from community.insights import coverage_views, words_views
from community.insights import staff_views as live_views
from community.insights import views as insights_views
from community.insights.cli import insights_cli
from community.insights.coverage_cli import coverage
from community.insights.service.coverage import beside
from community.insights.words_cli import comments
from community.messaging import email, letters_card, webhook
from community.messaging.inbound import Inbound
from community.operations import health, jobs, pages
from community.operations.cli import data_cli, demo_cli, jobs_cli
from community.places.cli import places_cli, posters_cli
from community.safe_havens import desk as safe_havens_desk
from community.safe_havens import joining as safe_havens_joining
from community.safe_havens import papers as safe_havens_papers
from community.safe_havens import public as safe_havens_public
from community.safe_havens import team as safe_havens_team
from community.safe_havens import yours as safe_havens_yours
from community.safe_havens.cli import havens_cli
from community.shared import languages
from community.shared.assets import Assets
from community.shared.error_pages import init_error_pages
from community.shared.headers import init_headers
from community.shared.runtime import Runtime
from community.shared.sessions import StaffSession
from community.staff import home
from community.staff import views as staff_views
from community.staff.cli import audit_cli, staff_cli
from community.support import desk as support_desk
from community.support import open_data as support_open_data
from community.support import views as support_views
from community.support.cli import support_cli
from community.support.service import error_lines
from community.support.wording import safety
from community.surveys import poster_desk, questionnaire_desk
from community.surveys import views as surveys_views
from community.surveys.cli import responses_cli, surveys_cli
from community.surveys.front_door import open_front_door

MAX_BODY_BYTES = 64 * 1024
"""A whole survey screen with its longest comment is under 8 KB."""


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises SettingsError when a setting is missing, AssetsMissing before `make assets`."""
    settings = settings or Settings.from_environ()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=200,
        ERROR_LINES=error_lines(),  # in memory, so that an error page can name who helps when the database is gone
        WTF_CSRF_CHECK_DEFAULT=False,  # only /staff has a session to protect; respondents' forms are signed
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "community" / "translations"),
    )
    for folder in (settings.instance_dir, settings.runtime_dir):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.session_interface = StaffSession()
    app.extensions["community"] = Runtime.of(settings)
    _init_database(app)
    open_front_door(app, app.extensions["community"])
    _init_pages(app)
    staff_views.init_staff(app, email.post if email.can_send(settings) else None)
    home.register(app, cards=[letters_card.card])
    rooms = (surveys_views, insights_views, support_views, support_open_data, bot_views, staff_views, pages, health)
    for room in rooms:
        app.register_blueprint(room.bp)
    venues_own = (safe_havens_joining.bp, safe_havens_yours.bp, safe_havens_team.bp)
    for havens in (safe_havens_public.bp, safe_havens_public.api, *venues_own):
        app.register_blueprint(havens)
    app.register_blueprint(poster_desk.bp)
    home.register(app, cards=[poster_desk.card], links=poster_desk.LINKS)
    app.register_blueprint(safe_havens_desk.bp)
    app.register_blueprint(safe_havens_papers.bp)
    app.register_blueprint(coverage_views.bp)
    safe_havens_desk.say_beside(app, beside)
    home.register(app, cards=[safe_havens_desk.card], links=[*safe_havens_desk.LINKS, *coverage_views.LINKS])
    app.register_blueprint(support_desk.bp)
    home.register(app, cards=[support_desk.card], links=support_desk.LINKS)
    app.register_blueprint(questionnaire_desk.bp)
    home.register(app, cards=[questionnaire_desk.card], links=questionnaire_desk.LINKS)
    app.register_blueprint(live_views.bp)
    app.register_blueprint(words_views.bp)
    home.register(app, cards=[live_views.card], links=live_views.LINKS)
    app.register_blueprint(
        webhook.blueprint(answer=_answer, out_of_order=out_of_order.words, forget=jobs.forgetting(app))
    )
    groups = (
        places_cli,
        posters_cli,
        surveys_cli,
        responses_cli,
        insights_cli,
        support_cli,
        havens_cli,
        bot_cli,
        staff_cli,
        audit_cli,
        demo_cli,
        data_cli,
        jobs_cli,
    )
    havens_cli.add_command(coverage)
    responses_cli.add_command(comments)
    for group in groups:
        app.cli.add_command(group)
    return app


def _answer(text: Inbound) -> str:
    return answer_text(text.channel, text.sender, text.sid, text.text, text.media)


def _init_database(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)

    @app.before_request
    def say_whether_it_writes() -> None:
        reading.set(request.method in ("GET", "HEAD", "OPTIONS"))


def _init_pages(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    assets = Assets()
    Babel(app, locale_selector=languages.current)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = jinja2.ChoiceLoader(
        [
            jinja2.FileSystemLoader(ROOT / "templates"),
            jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.globals.update(
        organisation=settings.organisation, safety=safety, asset=assets.url, leave_for=support_views.LEAVE_FOR
    )
    init_headers(app, assets.style_hashes())
    init_error_pages(app)

    @app.context_processor
    def language() -> dict[str, object]:
        now = languages.LANGUAGES[languages.current()]
        return {
            "lang": now.tag,
            "dir": now.dir,
            "languages": list(languages.LANGUAGES.values()),
            "inline_css": Markup(assets.inline[now.dir]),  # noqa: S704  our own built file
            "asset": lambda name, direction=now.dir: assets.url(name, direction),
        }

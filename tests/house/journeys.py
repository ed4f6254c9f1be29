"""A real address for every page of a database with demonstration answers in it."""

from __future__ import annotations

from flask import Flask

from community.extensions import db
from community.safe_havens.joining.filling import Filling
from community.safe_havens.service import drafts as haven_drafts
from community.safe_havens.service import life, links, prospects, team_codes, visiting
from community.shared.clock import london_today
from community.surveys import loading
from community.surveys.service import drafts, waves
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory
from tests.rig.client import Client, Runner
from tests.rig.pages import Page
from tests.rig.staff import officer


def addresses(app: Flask) -> dict[str, str]:
    """endpoint -> an address that opens it by GET. Rules that take nothing give their own; the others are found as
    a person would find them: on the posters and pages there are. Raises LookupError for a page without an example."""
    poster = next(p for p in Runner(app).json("posters", "list") if p["status"] == "up" and p["place"])
    help_page = Client(app).get("/help").page
    haven, serial = _haven(app)
    examples = {
        "code": poster["code"],
        "survey": "safety",
        "number": 1,
        "screen": "here",
        "ending": "yaml",
        "draft": _draft(app),
        "saved": _saved(app),
        "link": _venues_link(app),
        "slug": poster["place"],
        "topic": _first(help_page, "a", "/help/"),
        "token": _link(app).rpartition("/")[2],
        "service_id": Client(app).get("/api/v1/services").json["contents"][0]["id"],
        "haven": haven,
        "visit_id": _visit(app, haven),
        "prospect_id": _prospect(app),
        "serial": serial,
        "haven_id": Client(app).get("/api/v1/safe-havens/services").json["contents"][0]["id"],
        "name": _first(help_page, "link", "/static/dist/"),
    }
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        if unknown := rule.arguments - examples.keys():
            raise LookupError(f"{rule.rule}: give an example of {sorted(unknown)} in tests/house/journeys.py")
        path = rule.rule
        for name in rule.arguments:
            for spelling in (f"<{name}>", f"<path:{name}>", f"<int:{name}>", f"<string:{name}>"):
                path = path.replace(spelling, str(examples[name]))
        found[f"{rule.endpoint} {rule.rule}"] = path
    return found


def _link(app: Flask) -> str:
    """The link that somebody new is given."""
    link: str = Runner(app).json("staff", "create-user", "new@council.example", "--role", "viewer")["link"]
    return link


def _haven(app: Flask) -> tuple[str, str]:
    """The name in the address of a Safe Haven on the list, and the serial on its sticker."""
    with app.app_context():
        haven = ListedFactory(checked_on=london_today(), trained_on=london_today())
        db.session.commit()
        return haven.slug, haven.serial


def _visit(app: Flask, slug: str) -> int:
    """A visit that is planned to a Safe Haven whose team has its code."""
    with app.app_context():
        haven = life.get(slug)
        team_codes.ensure(haven)
        visit = visiting.plan(haven, "yearly", london_today(), today=london_today())
        db.session.commit()
        return visit.id


def _prospect(app: Flask) -> int:
    """A business to approach."""
    with app.app_context():
        return prospects.everyone()[0].id


def _draft(app: Flask) -> str:
    """A draft that waits, of the questionnaire there is."""
    with app.app_context():
        maker = officer(app, "analyst", email="drafts@council.example")
        questionnaire = loading.load(waves.export("safety"), name="safety.yaml")
        draft = drafts.keep(questionnaire, (), file_name="safety.yaml", by=maker.id, on=london_today())
        db.session.commit()
    return draft


def _saved(app: Flask) -> str:
    """The private link's end of a venue's application that was saved on its first screen."""
    with app.app_context():
        token = haven_drafts.save(Filling.fresh("name").as_json(), token="", on=london_today())
        db.session.commit()
    return token


def _venues_link(app: Flask) -> str:
    """The private link's end of a venue that applied."""
    with app.app_context():
        haven = AppliedFactory()
        ContactFactory(haven_id=haven.id)
        token = links.new_link(haven, haven.contacts[0].email)
        db.session.commit()
    return token


def _first(page: Page, element: str, folder: str) -> str:
    """The rest of the first address on a page that lies in a folder."""
    found = (link.get("href") or "" for link in page.all(element))
    return next(address for address in found if address.startswith(folder)).removeprefix(folder).partition("?")[0]

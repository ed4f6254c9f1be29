"""What a poster says, from its record and the wave it serves: `posters pdf`."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app

from community.config import ROOT, Settings
from community.places.cli import posters_cli
from community.places.codes import display
from community.places.models import Poster
from community.places.service import places, posters
from community.shared.clock import LONDON, london_today
from community.shared.commands import Output, json_command
from community.shared.errors import UserError
from community.surveys import visits
from community.surveys.questionnaire import Question, text_in, wording

if TYPE_CHECKING:
    from community.places.printing import PosterSheet

_AT_PLACE = re.compile(r",? (?:at|in|on|near|around) \{place\}")
PRINTED_STATUSES = ("planned", "up", "reported")


class NotPrintable(UserError):
    """The posters that were named cannot be printed as they are."""


def sheet(poster: Poster, settings: Settings, on: date) -> PosterSheet:
    """The words and addresses of one poster. A question that names its place is printed without, above the place."""
    base = settings.public_base_url
    typed = base.removeprefix("https://").removeprefix("http://")
    from community.places.printing import LANGUAGES, PosterSheet  # drawing is heavy, and no page needs it

    fielding = visits.fielding_of(poster, on)
    opening, spoken = fielding.questionnaire.opening, fielding.questionnaire.languages
    # Paper carries no notice that nobody has checked a translation, so only checked words are printed.
    checked = {tag for tag, language in spoken.items() if language.reviewed and tag in opening.wording and tag != "en"}
    languages = tuple(
        language._replace(question=_on_paper(opening, language.tag)) if language.tag in checked else language
        for language in LANGUAGES
        if language.tag in spoken
    )
    return PosterSheet(
        code_display=display(poster.code),
        url=f"{base}/q/{poster.code}",
        short_address=f"{typed}/q/{poster.code}",
        check_address=f"{typed}/poster/{poster.code}",
        place_name=poster.place.name if poster.place else poster.route or "",
        spot=poster.spot,
        organisation_name=settings.organisation.name,
        contact=settings.organisation.contact,
        text_to=settings.twilio_from,
        question=_on_paper(opening, "en"),
        languages=languages,
    )


def _on_paper(question: Question, lang: str) -> str:
    """The question without its place, which the poster prints by itself: "Do you feel safe here?"."""
    return _AT_PLACE.sub("", text_in(question.wording, lang)) if lang == "en" else wording(question, lang)


@posters_cli.command("pdf")
@click.argument("codes", nargs=-1)
@click.option("--place", metavar="SLUG", help="Those at this place only.")
@click.option("--all", "every", is_flag=True, help="All of them; so is naming none.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@json_command
def pdf(codes: tuple[str, ...], place: str | None, every: bool, out: Path) -> Output:
    """Print posters, one A4 page each: by CODE, by place, or every one that is not taken down."""
    from community.places.print_fonts import Fonts
    from community.places.printing import posters_pdf, sheet_lines

    if every and (codes or place):
        raise NotPrintable("Name some posters or --all, not both.")
    if place is not None:
        places.get_by_slug(place)
    found = [posters.get(code) for code in codes] or [
        poster for poster in posters.list_posters(place) if poster.status in PRINTED_STATUSES
    ]
    settings: Settings = current_app.config["SETTINGS"]
    today = london_today()
    sheets = [sheet(poster, settings, today) for poster in found]
    fonts = Fonts.from_folder(ROOT / "node_modules")
    made = posters_pdf(
        sheets,
        fonts,
        created=datetime.combine(today, time(12), LONDON),
        brand_colour=settings.organisation.brand_colour,
    )
    fresh = out.with_name(f".{out.name}.part")
    try:
        fresh.write_bytes(made)
        fresh.replace(out)
    except OSError as exc:
        raise NotPrintable(f"{out} cannot be written: {exc.strerror}.") from exc
    lost = sorted({c for printed in sheets for line in sheet_lines(printed) for c in fonts.undrawable(line.text)})
    warnings = [f"No font here has these letters, so they are left out: {' '.join(lost)}"] if lost else []
    if not settings.public_base_url.startswith("https://"):
        warnings.append(f"These posters lead to {settings.public_base_url}: set PUBLIC_BASE_URL before you hang any.")
    return Output({"posters": len(found), "file": str(out)}, f"{len(found)} posters are in {out}.", warnings)

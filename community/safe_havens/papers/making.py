"""The facts of each paper put together, and drawn. A paper that is the same for everybody is drawn once a day."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from community.config import ROOT
from community.places.codes import display
from community.safe_havens.models import SafeHaven
from community.safe_havens.papers import said
from community.safe_havens.papers.said import Pack, StaffCard, Sticker
from community.safe_havens.service import team_codes
from community.shared.clock import LONDON
from community.shared.runtime import runtime
from community.support import service as support


def sticker(haven: SafeHaven) -> Sticker:
    """haven: one that was approved. Raises ValueError without a serial."""
    if haven.serial is None:
        raise ValueError(f"{haven.slug} was never approved: it has no serial")
    settings = runtime().settings
    address = f"{settings.public_base_url}/safe-havens/check/{haven.serial}"
    return Sticker(
        name=haven.name,
        serial=display(haven.serial),
        address=address,
        typed=address.removeprefix("https://").removeprefix("http://"),
        organisation=settings.organisation.name,
        contact=settings.organisation.contact,
    )


def staff_card(haven: SafeHaven) -> StaffCard:
    """haven: one whose code opens something."""
    settings = runtime().settings
    base = settings.public_base_url.removeprefix("https://").removeprefix("http://")
    return StaffCard(
        name=haven.name,
        code=team_codes.printed(haven),
        page=f"{base}/safe-havens/team",
        steps=said.steps(),
        keep_out=said.keep_out(keeps_out=settings.havens.keeps_out),
        contact=settings.organisation.contact,
    )


def pack(today: date) -> Pack:
    """The advice of a London day, with the numbers that the public may see on it."""
    settings = runtime().settings
    return said.pack(
        support.directory(today=today),
        keeps_out=settings.havens.keeps_out,
        organisation=settings.organisation.name,
        contact=settings.organisation.contact,
    )


def sticker_pdf(haven: SafeHaven, today: date) -> bytes:
    """Raises AddressTooLong; FontsMissing before `make assets`."""
    from community.places.print_fonts import Fonts
    from community.safe_havens.papers.sheets import sticker_pdf as draw

    brand = runtime().settings.organisation.brand_colour
    return draw(sticker(haven), Fonts.from_folder(ROOT / "node_modules"), brand_colour=brand, created=_noon(today))


def staff_card_pdf(haven: SafeHaven, today: date) -> bytes:
    """Raises FontsMissing before `make assets`."""
    from community.places.print_fonts import Fonts
    from community.safe_havens.papers.sheets import staff_card_pdf as draw

    fonts, settings = Fonts.from_folder(ROOT / "node_modules"), runtime().settings
    return draw(staff_card(haven), fonts, organisation=settings.organisation.name, created=_noon(today))


def ice_cards_pdf(today: date) -> bytes:
    """Raises FontsMissing before `make assets`."""
    return _ice_cards(runtime().settings.organisation.name, today)


def advice_pdf(today: date) -> bytes:
    """Raises FontsMissing before `make assets`."""
    return _advice(pack(today), today)


@lru_cache(maxsize=2)
def _ice_cards(organisation: str, today: date) -> bytes:
    from community.places.print_fonts import Fonts
    from community.safe_havens.papers.sheets import ice_cards_pdf as draw

    return draw(Fonts.from_folder(ROOT / "node_modules"), organisation=organisation, created=_noon(today))


@lru_cache(maxsize=2)
def _advice(pack: Pack, today: date) -> bytes:
    from community.places.print_fonts import Fonts
    from community.safe_havens.papers.pack_sheets import advice_pdf as draw

    return draw(pack, Fonts.from_folder(ROOT / "node_modules"), created=_noon(today))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)

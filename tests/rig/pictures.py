"""`make docs`: the pictures in docs/pictures, taken anew from the running service on the way of one resident and of one
officer."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import first_day
from tests.browser.posters import Poster, make_poster, printed
from tests.browser.walking import ROBBED, asked, fill_in, option, send
from tests.rig import phone_fonts
from tests.rig.chromium import find_chromium, flags
from tests.rig.databases import PUBLIC_BASE_URL, Databases
from tests.rig.postgres import find_server
from tests.rig.server import Site

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "pictures"
WIDTH, HEIGHT, DOTS = 360, 740, 2
"""A small phone: CSS px, and dots to each."""
THANKS_HEIGHT = 1_150
"""Down to what happens next."""
OFFICERS_HEIGHT = 1_000
"""Down to where the page shows what it is about."""
OFFICERS = {"draft": "officer-draft", "made": "officer-posters"}
"""Step of an officer's first day -> its picture; of steps that are met again, the last."""
POSTER_WIDTH = 720
COLOURS = 64
MOST_BYTES = 100_000


def keep(picture: Image.Image, name: str, *, colours: int = COLOURS) -> None:
    """Store a picture in few colours. Raises ValueError when it is too large for a page of documentation."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    few = picture.convert("RGB").quantize(colours, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{path.name} has {size} bytes, over {MOST_BYTES}")
    print(f"{path.name:16} {few.width} x {few.height}, {size} bytes")


def shoot(page: Page, name: str, *, height: int = HEIGHT) -> None:
    """Picture the top of a page, as high as a phone or as given."""
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    page.wait_for_load_state("networkidle")
    keep(Image.open(io.BytesIO(page.screenshot(clip=clip, full_page=True))), name)


@contextmanager
def service(folder: Path) -> Iterator[Site]:
    """The service on a new database, with its demonstration answers."""
    databases = Databases(folder, find_server)
    site = Site(databases.environ(databases.migrated("sqlite")), folder / "log").start()
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def phone(site: Site, folder: Path, *, scripts: bool = False) -> Iterator[Page]:
    """A page on a phone."""
    env: dict[str, str | float | bool] = {**os.environ, **phone_fonts.install(folder)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags(), env=env)
        yield browser.new_page(
            base_url=site.url,
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=DOTS,
            java_script_enabled=scripts,
            locale="en-GB",
        )
        browser.close()


def take(page: Page, poster: Poster) -> None:
    """Walk the way and take the pictures."""
    page.goto(f"{poster.path}?lang=ur")
    shoot(page, "urdu")
    page.goto(poster.path)
    shoot(page, "first-page")
    send(page, option(page, "safe_here", ROBBED["safe_here"]))
    shoot(page, "age")
    go_on_until(page, lambda: asked(page) == ("robbed",))
    send(page, option(page, "robbed", ROBBED["robbed"]))
    shoot(page, "help")
    go_on_until(page, lambda: not asked(page))
    shoot(page, "thanks", height=THANKS_HEIGHT)


def take_officers(page: Page, link: str, folder: Path) -> None:
    """Walk an officer's first day from the link that was handed over, and take the pictures."""

    def look(page: Page, step: str) -> None:
        if step in OFFICERS:
            shoot(page, OFFICERS[step], height=OFFICERS_HEIGHT)

    first_day.sign_in(page, link, "ada@council.example", look)
    first_day.bring_in(page, first_day.spreadsheet(folder / "light.xlsx", "light"), look)
    first_day.publish(page, look)
    first_day.make_posters(page, look)
    code = page.locator("main li a").first.inner_text().replace("-", "")
    first_day.open_live_page(page, "light", look)
    assert page.context.browser is not None
    resident = page.context.browser.new_page()
    resident.goto(urljoin(page.url, f"/q/{code}"))
    send(resident, option(resident, "lights"))
    expect(page.locator("#today")).to_have_text("1")
    shoot(page, "officer-live", height=OFFICERS_HEIGHT)


def go_on_until(page: Page, there: Callable[[], bool]) -> None:
    while not there():
        send(page, fill_in(page))


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "letters").mkdir()
        with service(folder) as site:
            poster = make_poster(site.flask)
            ada = json.loads(site.flask("staff", "create-user", "ada@council.example", "--role", "analyst", "--json"))
            site.environ["PUBLIC_BASE_URL"] = PUBLIC_BASE_URL  # as on paper: the port of this run is nobody's address
            [picture] = printed(site.flask, folder / "poster.pdf", poster.code)
            scale = POSTER_WIDTH / picture.width
            keep(picture.resize((POSTER_WIDTH, round(picture.height * scale)), Image.Resampling.LANCZOS), "poster")
            with phone(site, folder / "letters") as page:
                take(page, poster)
            with phone(site, folder / "letters", scripts=True) as page:
                take_officers(page, urlsplit(ada["link"]).path, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

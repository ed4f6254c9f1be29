"""`make docs`: the pictures in docs/pictures, taken anew from the running service on the way of one resident."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

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
def phone(site: Site, folder: Path) -> Iterator[Page]:
    """A page on a phone without scripts."""
    env: dict[str, str | float | bool] = {**os.environ, **phone_fonts.install(folder)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags(), env=env)
        yield browser.new_page(
            base_url=site.url,
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=DOTS,
            java_script_enabled=False,
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


def go_on_until(page: Page, there: Callable[[], bool]) -> None:
    while not there():
        send(page, fill_in(page))


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "letters").mkdir()
        with service(folder) as site:
            poster = make_poster(site.flask)
            site.environ["PUBLIC_BASE_URL"] = PUBLIC_BASE_URL  # as on paper: the port of this run is nobody's address
            [picture] = printed(site.flask, folder / "poster.pdf", poster.code)
            scale = POSTER_WIDTH / picture.width
            keep(picture.resize((POSTER_WIDTH, round(picture.height * scale)), Image.Resampling.LANCZOS), "poster")
            with phone(site, folder / "letters") as page:
                take(page, poster)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A running service that people can text, with the provider's stand-in on the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.durability.conftest import hang_posters
from tests.rig.databases import Databases
from tests.rig.server import Site
from tests.rig.twilio_standin import Heard, Standin

PHONE = "+447700900123"


@dataclass(frozen=True)
class PhoneLine:
    """A service and the provider that hands texts to it. code: of a poster that hangs."""

    site: Site
    provider: Standin
    code: str

    def text(self, body: str, sender: str = PHONE, **more: str) -> Heard:
        return self.provider.text(self.site.url, sender, body, **more)

    def say(self, body: str, sender: str = PHONE, **more: str) -> str:
        """The words that come back in TwiML."""
        heard = self.text(body, sender, **more)
        assert heard.status == 200, heard
        return heard.words


Lines = Callable[..., PhoneLine]


@pytest.fixture
def lines(databases: Databases, tmp_path: Path) -> Iterator[Lines]:
    """lines("sqlite", BOT_REPLIES="rest"): a service on a database of this engine, or at this address, with settings as
    given; stopped afterwards."""
    with ExitStack() as ending:

        def started(engine: str, **environ: str) -> PhoneLine:
            address = engine if "://" in engine else databases.migrated(engine)
            code = hang_posters(databases, address)[0]
            provider = ending.enter_context(Standin())
            site = Site(databases.environ(address) | provider.environ, tmp_path / "log")
            site.environ |= environ
            ending.callback(site.kill)
            return PhoneLine(site.start(), provider, code)

        yield started

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from community.shared.clock import LONDON
from tests.http.surveys.walking import Clock, Respondent
from tests.rig.client import Client
from tests.service.surveys.world import World, make_world

NOW = datetime(2026, 11, 20, 16, 5, tzinfo=LONDON)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A Friday afternoon in London; it stands still until a respondent, or the test, lets it go on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def world(clock: Clock, db_session: object) -> World:
    """A poster at Barking Station and a wave of each shipped survey; nobody has answered."""
    return make_world()


@pytest.fixture
def someone(client: Client, world: World, clock: Clock) -> Respondent:
    """A person with a phone before the poster."""
    return Respondent(client, world, clock)

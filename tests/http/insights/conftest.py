from __future__ import annotations

import pytest
from flask import Flask

from tests.rig.client import Client
from tests.rig.staff import client_of
from tests.service.insights.world import World, make_world


@pytest.fixture
def world(db_session: object) -> World:
    """A small borough in a database that is rolled back; on both engines."""
    return make_world()


@pytest.fixture
def analyst(app: Flask) -> Client:
    """A browser in which an analyst is signed in."""
    return client_of(app, "analyst")

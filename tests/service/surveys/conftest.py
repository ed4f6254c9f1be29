from __future__ import annotations

import pytest

from tests.service.surveys.world import World, make_world


@pytest.fixture
def world(db_session: object) -> World:
    """A station with its poster, in a database that is rolled back; on both engines."""
    return make_world()

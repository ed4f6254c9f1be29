"""Every thanked answer is stored once and none twice, however often the service or its database is killed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability import books
from tests.durability.conftest import Measure, World
from tests.durability.respondents import COUNTED, Crowd, ask, ticket_in, until_answered
from tests.rig.postgres import EmbeddedServer

WAIT_SECONDS = 120


def storm(world: World, people: int, kills: int, strike: Callable[[], None]) -> Crowd:
    """Let people answer, and strike in the midst of it, again and again; what they sent."""
    rng = random.Random(7)
    crowd = Crowd(world.site.url, world.codes, people)
    crowd.start()
    for n in range(1, kills + 1):
        deadline = time.monotonic() + WAIT_SECONDS
        while crowd.thanked < n * people * 0.8 / (kills + 1) and not crowd.is_over:
            assert time.monotonic() < deadline, f"{crowd.thanked} thanked, and no more came: {crowd.faults}"
            time.sleep(0.001)
        assert not crowd.is_over, f"the storm was over after {n - 1} of {kills}: {crowd.faults}"
        time.sleep(rng.random() * 0.02)
        strike()
    crowd.join()
    assert crowd.faults == []
    return crowd


def check(world: World, crowd: Crowd, kills: int) -> None:
    """Everything that must hold after a storm."""
    assert world.books.faults(crowd.sent) == []
    assert books.verify(world.site)["differing"] == 0
    gave_up = sum(1 for one in crowd.sent if not one.thanked)
    retried = sum(1 for one in crowd.sent if one.tries > (2 if one.age else 1))
    assert gave_up < len(crowd.sent) * crowd.impatient * 2
    assert retried >= kills, "too few forms were sent twice for this to have tried anything"


@pytest.mark.timeout(900)
def test_thanked_answers_outlive_kills_of_the_whole_service(world: World, measure: Measure) -> None:
    def strike() -> None:
        world.site.kill()
        assert world.books.half_written() == []  # before a retry can mend anything
        world.site.start()

    crowd = storm(world, measure.people, measure.kills, strike)
    check(world, crowd, measure.kills)


@pytest.mark.timeout(900)
def test_thanked_answers_outlive_kills_of_postgresql_and_the_service_reconnects_by_itself(
    own_postgres: tuple[EmbeddedServer, str], start: Callable[[str], World], measure: Measure
) -> None:
    postgres, address = own_postgres
    world = start(address)
    log = Path(world.site.log)
    before = log.read_text()

    def strike() -> None:
        postgres.kill()
        time.sleep(0.2)
        postgres.start()

    crowd = storm(world, max(measure.people // 3, 20 * measure.postgres_kills), measure.postgres_kills, strike)
    check(world, crowd, measure.postgres_kills)
    assert ask(world.site.url, "/healthz") == (200, '{"status":"ok"}\n')
    assert "Traceback" not in log.read_text().removeprefix(before)


def test_a_form_opened_before_a_crash_is_taken_after_it_and_counted_once(world: World) -> None:
    site, path = world.site, f"/q/{world.codes[0]}"
    ticket = ticket_in(until_answered(site.url, path, None))
    form = {"_ticket": ticket, "safe_here": "very_unsafe"}
    for option in ("very_unsafe", "very_unsafe", "neither"):
        site.kill()
        site.start()
        status, page = ask(site.url, path, {**form, "safe_here": option})
        assert (status, COUNTED in page) == (200, True)
    with world.books.now() as moment:
        assert moment.stored() == {world.books.id_of(ticket): {"safe_here": {"neither"}}}
        assert moment.half_written() == []

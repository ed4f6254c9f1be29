"""Demonstration answers come and go whole, with their tallies."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from community.extensions import db
from tests.rig.client import Runner


def counted() -> tuple[int, int, int, int]:
    """(responses, answers, tally rows, rows of scans)."""
    one = db.session.execute
    tables = ("response", "answer", "tally", "scan_count")
    return tuple(one(text(f"select count(*) from {t}")).scalar_one() for t in tables)  # type: ignore[return-value]


def test_demonstration_answers_agree_with_their_tallies_and_leave_nothing_behind(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    run("demo", "load", "--responses", "200", "--seed", "5")
    run("insights", "verify")
    with fresh_app.app_context():
        assert counted()[0] == 200
        assert db.session.execute(text("select sum(n) from scan_count")).scalar_one() >= 300
        assert db.session.execute(text("select distinct channel from response")).scalars().all() == ["demo"]
    assert run.json("demo", "clear") == {"responses": 200, "havens": 38}
    with fresh_app.app_context():
        assert counted() == (0, 0, 0, 0)


def test_the_same_seed_gives_the_same_answers(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    seen = []
    for _ in range(2):
        run("demo", "load", "--responses", "60", "--seed", "9")
        seen.append(run.json("insights", "results", "safety", "--by", "age"))
        run("demo", "clear")
    assert seen[0] == seen[1]


def test_demonstration_answers_are_not_loaded_twice(fresh_app: Flask) -> None:
    run = Runner(fresh_app)
    run("demo", "load", "--responses", "20")
    assert "demo clear" in run("demo", "load", "--responses", "20", status=1).stderr

"""Work done at the same moment, each piece in a thread and transaction of its own, as requests are."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Sequence

from flask import Flask

from community.extensions import db


def at_once(app: Flask, works: Sequence[Callable[[], object]]) -> list[object]:
    """What each gave back once it was committed, or the exception it ended with."""
    gate = threading.Barrier(len(works))
    found: list[object] = [None] * len(works)

    def run(at: int, work: Callable[[], object]) -> None:
        with app.app_context():
            gate.wait()
            try:
                found[at] = work()
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                found[at] = error

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(run, at, work)) for at, work in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found

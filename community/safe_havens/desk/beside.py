"""What stands beside a business to approach that this room may not know itself: what people said at its place. A room
above registers it in app.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from flask import Flask, current_app


class Said(Protocol):
    """words: how people feel there. gap: when no haven is open near; "" when one is."""

    @property
    def words(self) -> str: ...

    @property
    def gap(self) -> str: ...


Sayer = Callable[[datetime], Mapping[int, Said]]
"""A moment -> place id -> what is said of it. Places nobody may be told of are absent."""


def say_beside(app: Flask, sayer: Sayer) -> None:
    """Register where it comes from."""
    app.extensions["said_beside_prospects"] = sayer


def said_beside(now: datetime) -> Mapping[int, Said]:
    """place id -> what is said of it; nothing where no room has registered."""
    sayer: Sayer | None = current_app.extensions.get("said_beside_prospects")
    return sayer(now) if sayer else {}

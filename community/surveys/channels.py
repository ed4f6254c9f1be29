"""Ways in which answers came that were given elsewhere, and brought in from a file."""

from __future__ import annotations

from typing import Final

BROUGHT_IN: Final = ("import", "paper")
"""Channels that only `responses import` writes: whose rows are kept as long from the day they came as others from the
day they were given."""

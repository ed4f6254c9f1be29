"""The Safe Havens desk under /staff/havens: what waits, every venue, visits, approval, businesses to approach,
papers."""

from community.safe_havens.desk import (
    bringing_in,
    correcting,
    deciding,
    papers,
    prospects,
    reports,
    showing,
    visits,
)
from community.safe_havens.desk.beside import say_beside
from community.safe_havens.desk.blueprint import bp
from community.safe_havens.desk.home_card import LINKS, card

__all__ = [
    "LINKS", "bp", "bringing_in", "card", "correcting", "deciding", "papers", "prospects", "reports", "say_beside",
    "showing", "visits",
]  # fmt: skip

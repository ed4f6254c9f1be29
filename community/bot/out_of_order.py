"""What is said when nothing else can be: by the webhook in trouble, by the provider when it cannot reach us."""

from __future__ import annotations

from typing import Final

from community.bot.wording import say
from community.support.catalogue import by_id, load

_ANYONE: Final = "samaritans"
_CHILD: Final = "childline"


def words() -> str:
    """999 and two lines that are open day and night, their numbers as the catalogue has them. Asks no database."""
    services = by_id(load())
    number, child = services[_ANYONE].phone, services[_CHILD].phone
    assert number and child, "these two are of the national core and have a phone"
    return say("fallback", number=number, child=child).text

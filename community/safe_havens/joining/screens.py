"""The screens of the application, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from community.config import Havens
from community.safe_havens.forms.fields import Filled, first
from community.safe_havens.joining import reading
from community.safe_havens.joining.filling import Filling


def _always(_filling: Filling, _wanted: Havens) -> bool:
    return True


@dataclass(frozen=True)
class Screen:
    """One thing to ask. title: its heading. label: its line among the answers. read: takes the form in. is_asked:
    whether it comes at all. Its template is safe_havens/joining/screens/{key}.html."""

    key: str
    title: str
    label: str
    read: Callable[[Filled, Filling], None]
    is_asked: Callable[[Filling, Havens], bool] = _always


CHECK: Final = "check"

SCREENS: Final = (
    Screen("name", "What is the place called?", "Name", reading.name),
    Screen("kind", "What kind of place is it?", "Kind", reading.kind),
    Screen("where", "Where is it?", "Address", reading.where),
    Screen("spot", "Is this the right spot?", "Spot on the map", reading.spot),
    Screen("contact", "Who is in charge?", "In charge", reading.contact),
    Screen("deputy", "Who else can we ask for?", "Deputy", reading.deputy),
    Screen("pattern", "How are your opening hours?", "Days", reading.pattern),
    Screen(
        "hours", "When are you open?", "Opening hours", reading.hours,
        lambda filling, _: first(filling.of("pattern"), "pattern") != "always",
    ),
    Screen("holidays", "And on bank holidays?", "Bank holidays", reading.holidays),
    Screen("days", "Are there days with other hours?", "Other days", reading.other_days),
    Screen("staff", "How many people are at work?", "Least staff at work", reading.staff),
    Screen("offers", "What can you offer?", "What you offer", reading.offers),
    Screen("languages", "Which languages do you speak there?", "Languages", reading.languages),
    Screen("promises", "What a Safe Haven promises", "Promises", reading.promises),
    Screen("asked", "What else the council asks", "Also asked", reading.asked, lambda _, has: reading.is_asked(has)),
    Screen("consent", "May we show you on the public list?", "On the public list", reading.consent),
    Screen("heard", "How did you hear of Safe Havens?", "Heard of it", reading.heard),
)  # fmt: skip
FIRST: Final = SCREENS[0].key
_BY_KEY: Final = {screen.key: screen for screen in SCREENS}


def by_key(key: str) -> Screen | None:
    return _BY_KEY.get(key)


def asked(filling: Filling, wanted: Havens) -> list[Screen]:
    """The screens that come, as things stand."""
    return [screen for screen in SCREENS if screen.is_asked(filling, wanted)]


def after(filling: Filling, wanted: Havens) -> str:
    """What follows the screen at hand: the next that was never right, once all was seen; else the next. CHECK at the
    end."""
    coming = asked(filling, wanted)
    if filling.checking:
        return next((screen.key for screen in coming if screen.key not in filling.done), CHECK)
    keys = [screen.key for screen in coming]
    at = keys.index(filling.screen) if filling.screen in keys else -1
    return keys[at + 1] if at + 1 < len(keys) else next((key for key in keys if key not in filling.done), CHECK)


def before(filling: Filling, wanted: Havens) -> str:
    """The screen before the one at hand; the first stays the first."""
    keys = [screen.key for screen in asked(filling, wanted)]
    if filling.screen == CHECK:
        return keys[-1]
    at = keys.index(filling.screen) if filling.screen in keys else 0
    return keys[max(0, at - 1)]


def number(filling: Filling, wanted: Havens) -> tuple[int, int]:
    """(which of them this screen is, how many there are)."""
    keys = [screen.key for screen in asked(filling, wanted)]
    return keys.index(filling.screen) + 1 if filling.screen in keys else len(keys), len(keys)

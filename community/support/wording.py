"""The fixed safety words, in one place.

They change only with two reviewers. A language is shown only when a person has reviewed it; until then the English
stands, marked as English. Numbers stand here only where the words would be nothing without them (999, 55)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from community.support.catalogue import by_id, load

ENGLISH: Final = "en"


@dataclass(frozen=True)
class Words:
    """The safety words of one language. danger_html is safe HTML; all else is plain text."""

    lang: str
    reviewed: bool
    danger: str
    danger_html: Markup
    silent_999: str
    does_not_reach_police: str
    not_watched: str
    history: str
    history_how: str
    leave: str
    leave_how: str
    box_heading: str


@dataclass(frozen=True)
class ErrorLine:
    """Who to turn to on a page where something went wrong. It asks nothing of the database."""

    name: str
    phone: str
    note: str
    hours: str = ""


_WORDS: Final = {
    ENGLISH: Words(
        lang=ENGLISH,
        reviewed=True,
        danger="In danger now? Call 999. If you cannot speak, on a mobile press 55 when asked.",
        danger_html=Markup(
            'In danger now? Call <a href="tel:999">999</a>. If you cannot speak, on a mobile press 55 when asked.'
        ),
        silent_999="If you cannot speak, on a mobile press 55 when asked. 55 does not tell them where you are.",
        does_not_reach_police="This page and our texts do not reach the police.",
        not_watched="Nobody is watching this live, and we cannot find you from it.",
        history="Leaving this page does not delete it from your phone's history.",
        history_how=(
            "Someone who uses your phone may see that you were here. You can delete this page from the history in your "
            "browser's menu. A private window keeps no history after you close it."
        ),
        leave="Leave this page",
        leave_how="You can also press Shift three times. The page goes white at once, then shows the weather.",
        box_heading="If you want to talk to someone",
    )
}
"""Language -> words. Add a language when a person has read it, with reviewed=True; before that it is not shown."""

_ON_ERROR_PAGES: Final = (
    ("police_999", "If you are in danger now"),
    ("childline", "For anyone under 19"),
    ("nat_da_helpline", "If someone close to you hurts or frightens you"),
)


@dataclass(frozen=True)
class Safety:
    """The words in a language, or in English until that language is reviewed. As a template global, its plain
    attributes are the English ones: `{{ safety.danger }}`."""

    words: Words

    def in_language(self, lang: str) -> Words:
        found = _WORDS.get(lang)
        return found if found is not None and found.reviewed else _WORDS[ENGLISH]

    @property
    def danger(self) -> Markup:
        """The danger line as safe HTML, the number to tap."""
        return self.words.danger_html

    @property
    def not_watched(self) -> str:
        return self.words.not_watched

    @property
    def does_not_reach_police(self) -> str:
        return self.words.does_not_reach_police


safety = Safety(_WORDS[ENGLISH])


def error_lines() -> tuple[ErrorLine, ...]:
    """999, Childline and the National Domestic Abuse Helpline, numbers and hours as the catalogue has them."""
    services = by_id(load())
    lines = []
    for id, note in _ON_ERROR_PAGES:
        service = services[id]
        assert service.phone is not None, f"{id} stands on error pages and needs a phone"
        lines.append(ErrorLine(service.name, service.phone, note, service.hours or ""))
    return tuple(lines)

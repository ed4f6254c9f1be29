"""The help pages: a neutral address each, and who stands on it in which order.

Titles and addresses give nobody away in a history or over a shoulder: every topic page is headed "Talk to someone", and
its address is a number. The numbers do not follow the list at /help, so that none can be told by its place there, and a
number is never given to another page: somebody may have kept it. Whoever opens an address sees the page, of course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.support.catalogue import Service, by_id, by_topic


@dataclass(frozen=True)
class HelpPage:
    """number: two digits, the last part of its address. name: the key of its words in `templates/support/words.html`;
    it tells what the page is about, so it stands in no address. named: ids of the services first shown, in order;
    those of `topics` follow."""

    number: str
    name: str
    named: tuple[str, ...]
    topics: tuple[str, ...]


def _page(number: int, name: str, named: str, *topics: str) -> HelpPage:
    return HelpPage(str(number), name, tuple(named.split()), topics)


PAGES: Final = {
    page.number: page
    for page in (
        _page(27, "home", "nat_da_helpline childline lbbd_dsv_service mens_advice_line galop", "domestic_abuse"),
        _page(12, "someone-hurt-me", "rape_crisis_247 childline havens victim_support", "sexual_violence", "violence"),
        _page(35, "robbed", "victim_support fearless childline police_101 crimestoppers btp", "robbery"),
        _page(21, "followed", "victim_support childline stalking_helpline police_101 btp", "harassment"),
        _page(16, "feeling-low", "samaritans childline shout nhs_111_2 papyrus", "self_harm"),
        _page(38, "under-18", "childline fearless call_hate_out report_remove ceop", "young_person"),
        _page(29, "pictures", "report_remove childline revenge_porn_helpline stopncii", "image_abuse"),
        _page(14, "under-pressure", "childline modern_slavery victim_support fearless lbbd_mash", "exploitation"),
        _page(33, "family-decides", "childline nat_da_helpline karma_nirvana fmu fgm_helpline", "forced_marriage"),
        _page(19, "hate", "stop_hate_uk call_hate_out victim_support childline true_vision", "hate"),
        _page(
            25, "worried-about-someone", "lbbd_mash nspcc lbbd_adult_safeguarding nat_da_helpline samaritans childline",
            "worried_about_child", "worried_about_adult",
        ),
        _page(31, "my-own-behaviour", "respect_phoneline samaritans childline", "own_behaviour"),
        _page(
            17, "report", "police_101 fearless crimestoppers victim_support btp true_vision streetsafe lbbd_csp",
            "report", "antisocial_behaviour", "unsafe_place", "extremism",
        ),
        _page(
            36, "somewhere-to-stay", "nat_da_helpline childline lbbd_housing shelter citizens_advice",
            "housing", "immigration", "legal_advice",
        ),
        _page(
            22, "people-like-me",
            "galop mens_advice_line hourglass signhealth_da stay_safe_east southall_black_sisters "
            "ashiana tell_mama cst survivors_uk calm migrant_help samaritans childline",
        ),
        _page(
            28, "without-a-call",
            "shout emergency_sms signhealth_da nat_da_helpline victim_support stop_hate_uk fearless "
            "childline samaritans btp womens_aid_chat",
        ),
        _page(13, "drink-and-drugs", "samaritans childline lbbd_drugs_alcohol", "drugs_alcohol"),
    )
}  # fmt: skip
"""number -> page, in the order of the list at /help."""

ONCE_AT: Final = {page.name: page for page in PAGES.values()}
"""The last part of an address as it was before pages had numbers -> the page: somebody may have kept one."""


def on_page(page: HelpPage, services: Sequence[Service]) -> tuple[Service, ...]:
    """The services of a page, each once: those it names, then the others of its topics in the catalogue's order."""
    known = by_id(services)
    first = [known[id] for id in page.named if id in known]
    return tuple(dict.fromkeys([*first, *(service for topic in page.topics for service in by_topic(topic, services))]))


def split_by_hours(services: Iterable[Service], now: datetime) -> tuple[tuple[Service, ...], tuple[Service, ...]]:
    """(open day and night, open at other times: first those open now, then those whose hours are not known, then
    those that are shut), each in the order given. now: aware, in London."""
    kept = tuple(services)
    at_times = sorted(
        (s for s in kept if not s.always_open), key=lambda s: {True: 0, None: 1, False: 2}[s.is_open(now)]
    )
    return tuple(s for s in kept if s.always_open), tuple(at_times)

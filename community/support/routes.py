"""Which services are named for a need, in which order, by age (trust B4).

The order counts as wording: change it with two reviewers; the safeguarding lead agrees it before launch. Under 16:
the Rape Crisis line is not named, Childline always is; after a robbery Fearless and Victim Support come before 101. Age
not known: nothing is asked, and the lines for both sides of 16 are named with their ages. Every answer holds a line
open day and night.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from community.support.catalogue import Service, by_id, load

GROWN_FROM: Final = 16
"""Age in years from which the routes for people of 16 and over are used."""


@dataclass(frozen=True)
class Route:
    """Service ids in the order in which they are named."""

    under_16: tuple[str, ...]
    from_16: tuple[str, ...]
    not_known: tuple[str, ...]


def _route(under_16: str, from_16: str, not_known: str) -> Route:
    return Route(tuple(under_16.split()), tuple(from_16.split()), tuple(not_known.split()))


_DANGER = "police_999 police_999_55 emergency_sms"

ROUTES: Final = {
    "danger_now": _route(_DANGER, _DANGER, _DANGER),
    "self_harm": _route(
        "childline shout nhs_111_2 papyrus",
        "samaritans shout nhs_111_2 papyrus calm childline",
        "samaritans childline shout nhs_111_2 papyrus",
    ),
    "child_abuse": _route(
        "childline lbbd_mash",
        "childline lbbd_mash nspcc lbbd_edt napac",
        "childline lbbd_mash nspcc lbbd_edt napac",
    ),
    "sexual_violence": _route(
        "childline havens",
        "rape_crisis_247 havens lbbd_dsv_service childline",
        "rape_crisis_247 childline havens",
    ),
    "domestic_abuse": _route(
        "childline lbbd_mash",
        "nat_da_helpline lbbd_dsv_service mens_advice_line galop childline",
        "nat_da_helpline lbbd_dsv_service childline mens_advice_line galop",
    ),
    "forced_marriage": _route(
        "childline karma_nirvana lbbd_mash fgm_helpline",
        "karma_nirvana fmu nat_da_helpline fgm_helpline childline",
        "karma_nirvana nat_da_helpline childline fmu fgm_helpline",
    ),
    "exploitation": _route(
        "childline fearless lbbd_mash spark2life",
        "modern_slavery victim_support lbbd_mash childline",
        "modern_slavery childline victim_support lbbd_mash",
    ),
    "image_abuse": _route(
        "childline report_remove ceop",
        "revenge_porn_helpline report_remove stopncii victim_support childline",
        "revenge_porn_helpline childline report_remove stopncii victim_support",
    ),
    "violence": _route(
        "childline victim_support fearless police_101",
        "victim_support police_101 crimestoppers childline",
        "victim_support childline fearless police_101 crimestoppers",
    ),
    "robbery": _route(
        "fearless victim_support childline police_101",
        "police_101 victim_support fearless crimestoppers",
        "victim_support fearless police_101 childline crimestoppers",
    ),
    "harassment": _route(
        "childline victim_support police_101",
        "victim_support stalking_helpline police_101 childline",
        "victim_support childline stalking_helpline police_101",
    ),
    "hate": _route(
        "call_hate_out childline true_vision",
        "call_hate_out stop_hate_uk police_101 true_vision victim_support",
        "stop_hate_uk call_hate_out police_101 true_vision childline victim_support",
    ),
    "own_behaviour": _route(
        "childline", "respect_phoneline samaritans childline", "respect_phoneline samaritans childline"
    ),
}
"""Help topic -> route. The order of the topics is the order in which they are served when there are several."""

ANYTHING: Final = _route(
    "childline shout", "samaritans victim_support childline", "samaritans childline victim_support"
)
"""For a need that has no route: someone to talk to."""

ALSO_CALLED: Final = {
    "suicide": "self_harm", "mental_health": "self_harm", "perpetrator": "own_behaviour",
    "honour_based_abuse": "forced_marriage", "fgm": "forced_marriage", "child_abuse_survivor": "child_abuse",
    "child_protection": "child_abuse", "family_abuse": "domestic_abuse", "own_sexual_abuse": "sexual_violence",
    "stalking": "harassment", "knife_crime": "violence", "weapons": "violence", "hate_crime": "hate",
    "modern_slavery": "exploitation", "emergency": "danger_now", "offending": "own_behaviour",
}  # fmt: skip
"""Words that questionnaires use for the same needs."""


def for_topics(
    topics: Iterable[str], age_least: int | None, services: Sequence[Service] | None = None
) -> tuple[Service, ...]:
    """Who is named for these needs, best first; each service once. Never empty.

    topics: keys of ROUTES or ALSO_CALLED; one we do not know counts as a need to talk. age_least: the youngest that
    the person can be, in years; None when not known. services: those that may be shown, the whole catalogue unless
    given. A line open day and night is always among them, even when the ones given hold none."""
    allowed = by_id(load() if services is None else services)
    wanted = {ALSO_CALLED.get(topic, topic) for topic in topics}
    routes = [ROUTES[topic] for topic in ROUTES if topic in wanted and topic != "danger_now"]
    if not routes or wanted - ROUTES.keys():
        routes.append(ANYTHING)
    ids = [*(_ids(ROUTES["danger_now"], age_least) if "danger_now" in wanted else ())]
    ids += [id for row in zip_longest(*(_ids(route, age_least) for route in routes)) for id in row if id]
    named = [allowed[id] for id in dict.fromkeys(ids) if id in allowed and allowed[id].takes(age_least)]
    if not any(service.is_helpline for service in named):
        catalogue = by_id(load())
        named += [catalogue[id] for id in _ids(ANYTHING, age_least) if catalogue[id].takes(age_least)][:2]
    return tuple(dict.fromkeys(named))


def _ids(route: Route, age_least: int | None) -> tuple[str, ...]:
    if age_least is None:
        return route.not_known
    return route.under_16 if age_least < GROWN_FROM else route.from_16

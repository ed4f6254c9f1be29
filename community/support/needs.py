"""Who is named for a need of a message, and what the person's own circumstances change about it.

Needs and facets are the words in which the bot hands on what a message is about (community/bot/meaning.py). Tables
only; `matching` reads them. The order counts as wording: change it with two reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from community.support.routes import ANYTHING, ROUTES, Route

ANY: Final = "anything"
"""A need that was not told, or that we do not know."""
MAYBE_CHILD: Final = "maybe_child"
"""A guess that a child may not be safe: no children's team is named on it."""
AT_HOME: Final = "at_home"
"""Harm by a parent, told by somebody who may be a child or grown up: Childline beside the line for grown-ups."""


def _ids(named: str) -> tuple[str, ...]:
    return tuple(named.split())


NEEDS: Final[Mapping[str, Route]] = {
    "domestic_abuse": ROUTES["domestic_abuse"],
    "sexual_violence": ROUTES["sexual_violence"],
    "child_safety": Route(
        ROUTES["child_abuse"].under_16,
        ROUTES["child_abuse"].from_16,
        _ids("childline samaritans nat_da_helpline lbbd_mash lbbd_dsv_service nspcc lbbd_edt napac"),
    ),
    "suicide": ROUTES["self_harm"],
    "weapons": Route(
        _ids("childline victim_support fearless police_101"),
        _ids("victim_support crimestoppers childline police_101 fearless"),
        _ids("victim_support crimestoppers childline police_101 fearless"),
    ),
    "stalking": Route(
        _ids("childline victim_support stalking_helpline police_101"),
        _ids("stalking_helpline victim_support police_101 childline"),
        _ids("stalking_helpline victim_support childline police_101"),
    ),
    "honour_abuse": ROUTES["forced_marriage"],
    "exploitation": ROUTES["exploitation"],
    "robbery": ROUTES["robbery"],
    "hate_crime": ROUTES["hate"],
    "image_abuse": ROUTES["image_abuse"],
    "own_behaviour": ROUTES["own_behaviour"],
    ANY: ANYTHING,
    MAYBE_CHILD: Route(ANYTHING.under_16, ANYTHING.from_16, _ids("childline samaritans victim_support")),
    AT_HOME: Route(
        ROUTES["domestic_abuse"].under_16,
        ROUTES["domestic_abuse"].from_16,
        _ids("childline nat_da_helpline lbbd_dsv_service mens_advice_line galop"),
    ),
}
"""Need -> who is named, by age. Those outside a service's own ages are taken out afterwards."""

ABOUT_A_CHILD: Final[Mapping[str, tuple[str, ...]]] = {
    "sexual_violence": _ids("lbbd_mash nspcc lbbd_edt childline havens"),
    "suicide": _ids("nhs_111_2 papyrus childline samaritans"),
    "weapons": _ids("lbbd_mash nspcc victim_support crimestoppers police_101 childline fearless lbbd_edt"),
    "honour_abuse": _ids("lbbd_mash nspcc karma_nirvana lbbd_edt childline fmu"),
    "exploitation": _ids("lbbd_mash nspcc childline lbbd_edt modern_slavery"),
    "robbery": _ids("victim_support fearless childline police_101"),
    "hate_crime": _ids("call_hate_out stop_hate_uk childline"),
    "image_abuse": _ids("report_remove childline ceop nspcc"),
    "own_behaviour": _ids("nspcc respect_phoneline samaritans lbbd_mash lbbd_edt childline"),
    ANY: _ids("lbbd_mash nspcc lbbd_edt childline"),
}
"""Need -> who is named to somebody worried about a child; the last line for a need that is not there. Childline and
Report Remove stand here for the child."""

LEADS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("lgbt", "domestic_abuse"): _ids("galop"),
    ("lgbt", "hate_crime"): _ids("galop"),
    ("lgbt", "honour_abuse"): _ids("galop"),
    ("man", "domestic_abuse"): _ids("mens_advice_line victim_support lbbd_dsv_service mankind"),
    ("disabled", "domestic_abuse"): _ids("stay_safe_east nat_da_helpline lbbd_adult_safeguarding"),
    ("disabled", "hate_crime"): _ids("stay_safe_east"),
    ("muslim", "hate_crime"): _ids("tell_mama"),
    ("jewish", "hate_crime"): _ids("cst"),
    ("minoritised", "domestic_abuse"): _ids("southall_black_sisters ashiana"),
    ("minoritised", AT_HOME): _ids("southall_black_sisters ashiana"),
    ("older", "domestic_abuse"): _ids("hourglass nat_da_helpline stay_safe_east lbbd_adult_safeguarding"),
    ("older", ANY): _ids("lbbd_adult_safeguarding hourglass lbbd_edt"),
    ("deaf", "domestic_abuse"): _ids("signhealth_da"),
    ("deaf", "sexual_violence"): _ids("signhealth_da"),
    ("deaf", "suicide"): _ids("shout"),
    ("deaf", ANY): _ids("shout"),
    ("transport", "sexual_violence"): _ids("btp"),
    ("transport", "robbery"): _ids("btp"),
    ("transport", "hate_crime"): _ids("btp"),
    ("transport", "stalking"): _ids("btp"),
    ("transport", "weapons"): _ids("btp"),
    ("transport", ANY): _ids("btp"),
    ("childhood", "child_safety"): _ids("napac"),
    ("fgm", "honour_abuse"): _ids("fgm_helpline lbbd_mash nat_da_helpline"),
    ("fgm", "child_safety"): _ids("fgm_helpline"),
    ("hurt", "weapons"): _ids("victim_support childline"),
    ("gang", "exploitation"): _ids("childline modern_slavery victim_support crimestoppers"),
    ("labour", "exploitation"): _ids("modern_slavery"),
    ("housing", ANY): _ids("shelter lbbd_housing"),
    ("legal", ANY): _ids("citizens_advice"),
    ("migrant", ANY): _ids("citizens_advice migrant_help"),
}
"""(facet, need) -> who is named first: by their own, where a service is by and for them, and by those who know this
best. In the order of the facets here when there are several."""

SECONDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("man", "sexual_violence"): _ids("survivors_uk"),
    ("lgbt", "sexual_violence"): _ids("galop"),
    ("lgbt", AT_HOME): _ids("galop"),
    ("minoritised", "honour_abuse"): _ids("southall_black_sisters ashiana"),
    ("minoritised", "sexual_violence"): _ids("ashiana"),
    ("childhood", "sexual_violence"): _ids("napac"),
    ("older", "sexual_violence"): _ids("hourglass"),
    ("legal", "domestic_abuse"): _ids("dv_flag_east ncdv"),
    ("legal", "stalking"): _ids("ncdv"),
    ("housing", "domestic_abuse"): _ids("lbbd_housing shelter"),
    ("migrant", "domestic_abuse"): _ids("southall_black_sisters"),
    ("migrant", "honour_abuse"): _ids("southall_black_sisters"),
    ("migrant", "exploitation"): _ids("migrant_help"),
    ("man", "suicide"): _ids("calm"),
}
"""(facet, need) -> who follows the first line of the need."""

OF_WHICH_WORD_IS_BROUGHT: Final = frozenset({"weapons"})
"""Needs of which people write because they know something, as often as because they are hurt: who takes word of it
stands in a first text beside who listens. Never to somebody hurt by it (the facet "hurt")."""

LAST: Final = 99
FOLLOW_A_CHILDS_OWN: Final = {"lgbt": 1, "muslim": 1, "jewish": 1, "deaf": 1, "transport": 2, "fgm": 1, "labour": 1}
"""For somebody under 16, those whom these facets lead with come only after so many of the child's own lines: Childline
first, after a robbery Fearless and Victim Support before any police. Other facets bring lines for grown-ups: last."""
FOLLOW_THE_CHILDRENS_TEAM: Final = {"fgm": 0}
"""The same for a grown-up worried about a child; other facets after the first two."""

FACET_REASONS: Final[Mapping[str, str]] = {
    "lgbt": "made for LGBT+ people",
    "man": "made for men",
    "disabled": "made for disabled people",
    "muslim": "made for Muslims",
    "jewish": "made for Jewish people",
    "minoritised": "made for Black and minoritised women",
    "older": "for older people and adults at risk",
    "deaf": "for people who cannot use a voice call",
    "transport": "looks after trains and stations",
    "childhood": "for adults who were hurt as children",
    "fgm": "knows about cutting of girls",
    "hurt": "helps people hurt by a crime",
    "gang": "knows about gangs and drug lines",
    "labour": "knows about forced work",
    "housing": "helps people who need a roof",
    "legal": "gives advice about the law",
    "migrant": "helps people with visas and papers",
}
NEED_REASONS: Final[Mapping[str, str]] = {
    "domestic_abuse": "talks with people hurt by someone close",
    "sexual_violence": "talks with people about sexual harm, whenever it was",
    "child_safety": "talks about children who are not safe",
    "suicide": "talks with people who find it hard to go on",
    "weapons": "helps those hurt by weapons, or takes word of them",
    "stalking": "talks with people who are followed or watched",
    "honour_abuse": "talks with people whose family decides for them",
    "exploitation": "talks with people who are made to do things",
    "robbery": "helps after a robbery",
    "hate_crime": "helps people picked on for who they are",
    "image_abuse": "helps when private pictures are shared",
    "own_behaviour": "helps people to change what they do",
    MAYBE_CHILD: "listens to anyone",
    AT_HOME: "talks with people hurt by someone close",
    ANY: "listens to anyone",
}
ABOUT_A_CHILD_REASON: Final = "talks with people worried about a child"
"""Facet or need -> why a service is named, in words that follow its name."""

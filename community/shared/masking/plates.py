"""Vehicle number plates, and postcodes down to the unit (the outward half alone may stay)."""

import re
from collections.abc import Iterator

from community.shared.masking.view import Span, words

COMMON_WORDS = words(
    """the and for was are but not you all any can had her his him has one our out day get got how man new now old see
    two way who boy did its let put say she too use bus car van man men kid dog gun cut bag pub gym ice rap six ten bad
    big lot off own run sat sun mon tue wed thu fri set sit try why yes yet cop fed low top end hit ask eat few god far
    due key law lie led lit mad map may met nor odd pay per red row sad sex son tax tea ton via war wet won job box cat
    tap age ago air aid arm art bed bit bar bin buy cab dad die dry ear egg eye fan fat fee fit fix fly fun gap gas hat
    hot hub ill inn jam jet lad leg lip log mid mud mum nan nap net nut oil pan pen pet pie pin pit pot rat raw rid road
    rob sea shy sky spy sum tie tin tip toe toy tube vet wow zip zone"""
)
"""Short words that may follow a road, a bus or a postcode district: "IG11 and", "bus 62 was"."""

_SHORT_WORDS = words("at on in is or my to no by so we he me be us up go if an as do am pm of it ok oh hi")
_AREAS = words(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
    G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW
    OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD
    WF WN WR WS WV YO ZE"""
)  # Royal Mail's postcode areas

_CURRENT = re.compile(r"(?<![a-z0-9])([a-z]{2})([\s.-]{0,2})(\d\d)([\s.-]{0,2})([a-z]{3})(?![a-z0-9])", re.I)
_PREFIX = re.compile(r"(?<![a-z0-9])([a-z])(\d{1,3})([\s.-]?)([a-z]{3})(?![a-z0-9])", re.I)
_SUFFIX = re.compile(r"(?<![a-z0-9])([a-z]{3})([\s.-]?)(\d{1,3})([a-z])(?![a-z0-9])", re.I)
_IRISH = re.compile(r"(?<![a-z0-9])[A-Z](?:I[A-Z]|[A-Z]Z)[\s.-]?\d{3,4}(?![a-z0-9])")
_TOLD = re.compile(
    r"\b(?:(?:number|licen[cs]e|reg(?:istration)?)[\s-]?plates?|reg(?:istration)?(?:\s(?:no|num|number|mark))?|plates?|vrm|index)"
    r"\s{0,2}(?:(?:is|was|starts?|started|begins?|began|ends?|ended|ending|beginning|starting|with|in|no|number|[:=#-])\s{0,2}){0,3}"
    r"(?P<plate>(?=[a-z]{0,3}\s?\d|\d{1,4}\s?[a-z]|[a-z]\s\d)(?:[a-z]{1,3}|\d{1,4})(?:\s?(?:\d{1,4}|[a-z]{1,3}(?![a-z]))){0,3})(?![a-z0-9])",
    re.I,
)
_POSTCODE = re.compile(
    r"(?<![a-z0-9])([a-z]{1,2})([0-9oil]|[0-9oil][a-z0-9])([\s.,_/-]{0,3})([0-9])(\s?)([abd-hjlnp-uw-z]{2})(?![a-z0-9])",
    re.I,
)
_LOOSE_POSTCODE = re.compile(
    r"(?<![a-z0-9])([a-z]{1,2})\s(\d[a-z0-9]?)[\s.-]{0,3}(\d)\s?([abd-hjlnp-uw-z]{2})(?![a-z0-9])", re.I
)
_GIR = re.compile(r"(?<![a-z0-9])gir\s?0aa(?![a-z0-9])", re.I)
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th", re.I)
_LETTER_BY_LETTER = re.compile(r"(?<![a-z0-9])[a-z](?:[\s.-]{1,2}[a-z0-9](?![a-z0-9])){4,6}", re.I)


def find(seen: str) -> Iterator[Span]:
    """Every plate and full postcode in a view."""
    yield from _plates(seen)
    yield from _postcodes(seen)
    for match in _LETTER_BY_LETTER.finditer(seen):
        joined = re.sub(r"[\s.-]", "", match.group())
        for pattern, kind in ((_POSTCODE, "postcode"), (_CURRENT, "plate"), (_PREFIX, "plate"), (_SUFFIX, "plate")):
            found = pattern.fullmatch(joined)
            if found and (kind == "plate" or found[1].upper() in _AREAS):
                yield Span(match.start(), match.end(), kind)
                break


def _plates(seen: str) -> Iterator[Span]:
    for match in _CURRENT.finditer(seen):
        area, apart, _, _, last = match.groups()
        shouted = match.group().isupper()
        ordinary = last.lower() in COMMON_WORDS or (area.lower() in _SHORT_WORDS and not shouted)
        district = area.upper() in ("IG", "RM") and bool(match[4]) and not shouted  # "RM10 got worse"
        if not ordinary and not district and not (apart and area.lower() in COMMON_WORDS):
            yield Span(match.start(), match.end(), "plate")
    for match in _PREFIX.finditer(seen):
        joined = not match[3]
        if match[4].lower() not in COMMON_WORDS and (joined or match.group().isupper()):
            yield Span(match.start(), match.end(), "plate")
    for match in _SUFFIX.finditer(seen):
        joined = not match[2]
        if match[1].lower() not in COMMON_WORDS and (joined or match.group().isupper()):
            yield Span(match.start(), match.end(), "plate")
    for match in _IRISH.finditer(seen):
        yield Span(match.start(), match.end(), "plate")
    for match in _TOLD.finditer(seen):
        yield Span(match.start("plate"), match.end("plate"), "plate")


def _postcodes(seen: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(seen):
        area, district, gap, inward, _, unit = match.groups()
        real_digit = any(char.isdigit() for char in district)
        one_case = match.group().isupper() or match.group().islower()
        ordinal = gap and _ORDINAL.fullmatch(inward + unit) and not one_case
        if real_digit and not ordinal and not (match[5] and unit.lower() in _SHORT_WORDS):
            yield Span(match.start(), match.end(), "postcode")
    for match in _LOOSE_POSTCODE.finditer(seen):
        area, _, _, unit = match.groups()
        if area.upper() in _AREAS and area.lower() not in _SHORT_WORDS and unit.lower() not in _SHORT_WORDS:
            yield Span(match.start(), match.end(), "postcode")
    for match in _GIR.finditer(seen):
        yield Span(match.start(), match.end(), "postcode")

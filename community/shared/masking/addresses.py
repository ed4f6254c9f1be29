"""Emails, web addresses and the names people go by on apps, written plainly or spelt out."""

import re
from collections.abc import Iterator

from community.shared.masking.view import Span, words

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'")
_LONGEST = 64
_WORDS_AFTER_AT = words(
    "home school work the a an my our station night noon midnight once all least first last about around"
)
_CLOCK = re.compile(r"\d{1,2}([:.]\d\d)?(am|pm)?\Z", re.I)

_SURE_SUFFIX = (  # never an ordinary English word, so a name, a full stop and one of these is an address
    r"(?:com|net|org|info|biz|co\.uk|org\.uk|ac\.uk|gov\.uk|uk|io|gg|ly|tv|xyz|eu|ie|fr|pl|ro|pk|bd|ru|ua|edu|app|dev)"
)
_SPELT_SUFFIX = r"(?:com|net|org|edu|gov|uk|io|eu|ro|pl|pk|fr|de|lt)"
_MAIL = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|protonmail|proton|ymail|btinternet|rocketmail|gmx)"
_DOT = r"\s{0,2}(?:\.|\(\.\)|[({\[<]\s?dot\s?[)}\]>]|\bdot\b)\s{0,2}"
_AT = r"\s{0,2}(?:@|[({\[<]\s?(?:at|@)\s?[)}\]>]|-at-|_at_|\bat\b)\s{0,2}"
_PART = r"[a-z0-9][a-z0-9+-]{0,40}"
_SPELT_LOCAL = r"[a-z0-9][a-z0-9._+-]{0,40}(?:\s(?:dot|underscore|dash|hyphen)\s[a-z0-9][a-z0-9._+-]{0,40}){0,3}"

_SPELT_EMAIL = re.compile(
    rf"(?<![a-z0-9._+-]){_SPELT_LOCAL}{_AT}"
    rf"(?:{_MAIL}\b(?:{_DOT}(?:com|co|net|org|uk|me|fr|ro|pl){{1}}\b){{0,2}}|{_PART}(?:{_DOT}{_PART}){{0,2}}{_DOT}{_SPELT_SUFFIX}\b)",
    re.I,
)
_SPACED_EMAIL = re.compile(r"(?<![a-z0-9])(?:[a-z0-9._] ){2,30}@ (?:[a-z0-9.] ){2,30}[a-z](?![a-z0-9])", re.I)

_SCHEME = re.compile(r"\b(?:h(?:tt|xx)ps?|ftp)\s?:\s?/\s?/?\s?[^\s\x00]+", re.I)
_WWW = re.compile(r"\bwww\s?[.,]\s?[^\s\x00]{2,}", re.I)
_DOMAIN = re.compile(rf"(?<![\w@.-])(?:[a-z0-9-]{{1,40}}\.){{1,4}}{_SURE_SUFFIX}\b(?:[/?#:][^\s\x00]*)?", re.I)
_WITH_PATH = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10}/[^\s\x00]+", re.I)
_SPELT_DOMAIN = re.compile(
    r"(?<![\w@])[a-z0-9-]{2,40}(?:\s?[({\[<]\s?(?:dot|\.)\s?[)}\]>]\s?|\s{1,3}dot\s{1,3}|\s\.\s?|(?-i:\.\s(?=[a-z])))"
    r"(?:com|net|org|co\s?(?:\.|\bdot\b)\s?uk|(?:gg|ly|io|xyz|me)(?=\s?(?:/|slash\b)))\b"
    r"(?:\s?(?:/|\bslash\b)\s?[^\s\x00]{1,60}){0,4}",
    re.I,
)
_NETWORK = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")

_APP = (
    r"(?:snap(?:chat)?|sc|insta(?:gram)?|ig|tik\s?tok|tt|twitter|whats\s?app|telegram|tele|discord|disc|kik|facebook|fb|"
    r"messenger|roblox|xbox(?: live)?|psn|playstation|steam|bereal|only\s?fans|linkedin|youtube|twitch|threads|reddit|"
    r"skype|wechat|viber|signal|fortnite|epic|yubo|wizz|hinge|tinder|grindr)"
)
_CALLED = r"(?:user\s?name|user|name|handle|tag|account|acc|page|profile|id|@)"
_HANDLE = r"[a-z0-9](?:[a-z0-9_.-]{0,38}[a-z0-9_])?"
_NOT_A_MEASURE = r"(?!\d+(?:am|pm|st|nd|rd|th|k|yrs?|hrs?|mins?|min|p|m)\b)"
_WITH_SIGN = rf"(?=[a-z0-9_.-]{{0,38}}[0-9_.-][a-z0-9_])(?=[a-z0-9_.-]{{0,38}}[a-z]){_NOT_A_MEASURE}{_HANDLE}"
_AFTER_APP = re.compile(
    rf"\b{_APP}\s{{0,2}}(?:{_CALLED}\s{{0,2}}){{0,2}}(?::|=|->|\s-{{1,2}}>?\s)\s{{0,2}}@?(?P<handle>{_HANDLE})", re.I
)
_MY_APP_IS = re.compile(
    rf"\b(?:my|his|her|their|our)\s(?:\w{{1,12}}\s)?{_APP}(?:'?s)?\b(?:\s{{1,2}}{_CALLED}){{0,2}}"
    rf"(?:\s{{0,2}}[=-]\s{{0,2}}|\s{{1,2}}(?:(?:is|was)\s{{1,2}})?)@?(?P<handle>{_HANDLE})",
    re.I,
)
_APP_IS_SIGNED = re.compile(
    rf"\b{_APP}\s{{1,2}}(?:{_CALLED}\s{{1,2}}){{0,2}}is\s{{1,2}}@?(?P<handle>{_WITH_SIGN})(?!\w)",
    re.I,
)
_APP_THEN_SIGNED = re.compile(
    rf"\b{_APP}\s{{1,2}}(?:{_CALLED}\s{{1,2}}){{0,2}}@?(?P<handle>{_WITH_SIGN})(?![\w])", re.I
)
_ADD_ME = re.compile(
    rf"\b(?:add|follow|dm|message|msg|hmu|hit|find|text|contact|reach|get)\s(?:me|him|her|them|up|me up)\s"
    rf"(?:on|at|via|through)\s(?:my\s)?{_APP}\s{{0,2}}(?:[:=-]|is|as|at)?\s{{0,2}}@?(?P<handle>{_HANDLE})",
    re.I,
)
_HANDLE_THEN_APP = re.compile(
    rf"(?:(?:\b(?:i'?m|i am|its|it's|it is|he'?s|she'?s|they'?re|he is|she is|they are|called|"
    rf"under|name is|known as|as)\s)@?(?P<after>{_HANDLE})"
    rf"|(?<![\w@.-])(?P<signed>{_WITH_SIGN}))\s(?:on|for)\s(?:my\s|the\s)?{_APP}\b",
    re.I,
)
_USERNAME = re.compile(
    rf"\b(?:user\s?name|gamer\s?tag|user\s?id|screen\s?name|psn id|handle)\s{{0,2}}(?:is|:|=|-|was)\s{{0,2}}"
    rf"@?(?P<handle>{_HANDLE})",
    re.I,
)
_DISCORD = re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}(?!\d)")
_UNDERSCORE = re.compile(r"(?<![\w@.-])(?=\w{0,38}[^\W_]_+[^\W_])(?=\w{0,38}[a-z])[\w.]{3,40}(?!\w)", re.I)

_NOT_A_HANDLE = words(
    """a an the my his her their our your and or but so not no on in at to for of off up down out about full gone
    banned blocked deleted hacked private public dead down bad good better worse broken safe unsafe where when why how
    what who which used using being making full that this there then just really very too all always never still now
    only also got getting getting getting like them they he she we you it i if is are was were be can could would should
    will please thanks lol because cos coz since with without from by stories story videos video posts post groups group
    chat chats messages message live lives trending posting online offline toxic scary horrible fake free better best
    worst full slow fine ok okay open closed people everyone everybody someone anyone nobody kids boys girls man men
    where's theres there's showing saying telling doing going"""
)


def find(seen: str) -> Iterator[Span]:
    """Every email, web address and user name in a view."""
    for pattern in (_SPELT_EMAIL, _SPACED_EMAIL):
        for match in pattern.finditer(seen):
            yield Span(match.start(), match.end(), "email")
    for pattern in (_SCHEME, _WWW, _DOMAIN, _WITH_PATH, _SPELT_DOMAIN, _NETWORK):
        for match in pattern.finditer(seen):
            yield Span(match.start(), match.end(), "link")
    yield from _around_at_signs(seen)
    yield from _handles(seen)


def _around_at_signs(seen: str) -> Iterator[Span]:
    """What touches an @: an email when something stands before it, a user name when not."""
    for match in re.finditer("@+", seen):
        start, end = match.start(), match.end()
        while start and seen[start - 1] in _LOCAL and match.start() - start < _LONGEST:
            start -= 1
        while end < len(seen) and (seen[end].isalnum() or seen[end] in "._-") and end - match.end() < _LONGEST:
            end += 1
        name = seen[match.end() : end]
        if not name or not any(char.isalnum() for char in name):
            continue
        if start < match.start():
            yield Span(start, end, "email")
        elif name.lower().strip("._-") not in _WORDS_AFTER_AT and not _CLOCK.match(name):
            yield Span(start, end, "handle")


def _handles(seen: str) -> Iterator[Span]:
    for pattern in (_AFTER_APP, _MY_APP_IS, _APP_IS_SIGNED, _APP_THEN_SIGNED, _ADD_ME, _USERNAME):
        for match in pattern.finditer(seen):
            if match["handle"].lower() not in _NOT_A_HANDLE:
                yield Span(match.start("handle"), match.end("handle"), "handle")
    for match in _HANDLE_THEN_APP.finditer(seen):
        group = "after" if match["after"] else "signed"
        if match[group].lower() not in _NOT_A_HANDLE:
            yield Span(match.start(group), match.end(group), "handle")
    for pattern in (_DISCORD, _UNDERSCORE):
        for match in pattern.finditer(seen):
            yield Span(match.start(), match.end(), "handle")

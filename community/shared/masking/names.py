"""Names of people, best effort: after words that bring a name, after titles, and first names that are little else.

Rules cannot know every name. What they leave is the reason why a person reads a comment before others see it.
"""

import re
from collections.abc import Callable, Iterator

from community.shared.masking.given_names import MAYBE, SURE
from community.shared.masking.not_names import NOT_NAMES, PLACE_NOUNS, PUBLIC_NAMES, THINGS_CALLED
from community.shared.masking.view import Span, words

_Test = Callable[[str], bool]
_GIVEN = SURE | MAYBE
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_])){0,40}")
_NEXT = re.compile(r"(?: {1,2}|-|\. ?)(?=[^\W\d_])")

_RELATIVE = (
    r"(?:(?:best |old |little |big |ex |ex-|step|half |older |younger |elder |next door )?"
    r"(?:friend|mate|bestie|bff|boyfriend|girlfriend|bf|gf|ex|husband|wife|partner|fianc[eé]e?|son|daughter|child|kid|"
    r"brother|sister|bro|sis|mum|mom|mother|dad|father|cousin|uncle|aunt|auntie|aunty|nan|grandad|nephew|niece|"
    r"neighbou?r|landlord|manager|boss|teacher|tutor|carer|coach|colleague|classmate|flatmate|housemate))"
)
_SAYS_NAME = re.compile(  # a name in any case follows
    r"\b(?:(?:my|his|her|their|your|the|first|full|real|last|sur|family|middle|nick)\s?"
    r"(?:full |first |real |last |sur|nick)?name"
    r"(?:\s(?:is|was)|'?s|\s?[:=-])|name(?:'s|\s?[:=])|"
    r"mera na+m|mera naa|mer[ao] nav|amar na+m|meu nome é|me llamo|je m'appelle|mi chiamo|benim adım|ad[ıi]m|"
    r"numele meu este|numele meu e|m[aă] numesc|m[aă] cheam[aă]|nazywam si[eę]|mam na imi[eę]|mano vardas(?: yra)?|"
    r"magaca[iy]gu waa|magacaygu waa|emri im [eë]sht[eë]|my name)\s{1,2}",
    re.I,
)
_OTHER_SCRIPTS = re.compile(
    "(?:میرا نام|میرے شوہر کا نام|اس کا نام|اسمي|আমার নাম|ওর নাম|তার নাম|ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|मेरा नाम|меня зовут|мене звати)"
    r"\s{1,2}([^\s\x00]{1,40}(?:\s(?!ہے|হয়|ਹੈ|है)[^\s\x00]{1,40})?)"
)
_BRINGS_NAME = re.compile(  # a capital or a known name follows
    rf"\b(?:(?:i'?m|i am|this is|known as|a\.?k\.?a\.?|goes by|go by|ask for|speak to|spoke to|signed|regards|named|"
    rf"nicknamed|they call (?:me|him|her|them)|called|calls (?:me|him|her|himself|herself))"
    rf"|(?:my|his|her|their|our|the|a) {_RELATIVE}(?:,| called| is| was)?)"
    r",?\s{1,2}",
    re.I,
)
_TITLE = re.compile(
    r"\b(?P<title>mr|mrs|ms|mx|messrs|miss|dr|doctor|prof(?:essor)?|sir|rev(?:erend)?|imam|mufti|"
    r"maulana|pastor|rabbi|pc|"
    r"pcso|dc|sgt|sergeant|constable|inspector|officer|detective|cllr|councillor|uncle|auntie|aunty|aunt|nurse|coach|"
    r"brother|sister|father)\b\.?\s{1,2}",
    re.I,
)
_TITLES_OF_ANY_CASE = frozenset({"mr", "mrs", "mx"})


def find(seen: str) -> Iterator[Span]:
    """The names that rules can see in a view."""
    for match in _SAYS_NAME.finditer(seen):
        yield from _taken(seen, match.end(), _anything, most=3)
    for match in _OTHER_SCRIPTS.finditer(seen):
        yield Span(match.start(1), match.end(1), "name")
    for match in _BRINGS_NAME.finditer(seen):
        if not _names_a_thing(seen, match):
            yield from _taken(seen, match.end(), _looks_like_a_name, most=3)
    for match in _TITLE.finditer(seen):
        allowed = _anything if match["title"].lower() in _TITLES_OF_ANY_CASE else _looks_like_a_name
        yield from _taken(seen, match.end(), allowed, most=3)
    yield from _first_names(seen)


def _first_names(seen: str) -> Iterator[Span]:
    """First names that stand by themselves, with a surname when one follows."""
    done = 0
    for match in _WORD.finditer(seen):
        if match.start() < done:
            continue
        word = _bare(match.group())
        if word not in _GIVEN or _after_saint(seen, match.start()):
            continue
        end = _walk(seen, match.start(), _looks_like_a_name, most=3)
        alone = end <= match.end()
        if word in SURE or (match.group()[0].isupper() and not alone):
            if _names_a_place(seen, match.start(), end):
                done = end
                continue
            yield Span(match.start(), max(end, match.end()), "name")
            done = max(end, match.end())


def _taken(seen: str, start: int, allowed: _Test, *, most: int) -> Iterator[Span]:
    end = _walk(seen, start, allowed, most=most)
    if end > start and not _names_a_place(seen, start, end):
        yield Span(start, end, "name")


def _walk(seen: str, start: int, allowed: _Test, *, most: int) -> int:
    """Where the words that pass end. A second or third word must look like a name by itself."""
    end, place = start, start
    for count in range(most):
        match = _WORD.match(seen, place)
        initial = match is not None and len(match.group()) == 1 and match.group().isupper() and match.group() != "I"
        if match is None or not (initial or (allowed if count == 0 else _follows)(match.group())):
            break
        end = match.end()
        step = _NEXT.match(seen, end)
        if step is None or (step.group().startswith(".") and not initial):
            break
        place = step.end()
    return end


def _bare(word: str) -> str:
    lower = word.lower()
    return lower.removesuffix("'s").removesuffix("'")


def _anything(word: str) -> bool:
    return _bare(word) not in NOT_NAMES or _bare(word) in SURE


def _looks_like_a_name(word: str) -> bool:
    bare = _bare(word)
    if bare in _GIVEN and (bare in SURE or word[0].isupper() or len(bare) > 3):
        return bare not in NOT_NAMES or bare in SURE
    return word[0].isupper() and not word.isupper() and bare not in NOT_NAMES


def _follows(word: str) -> bool:
    bare = _bare(word)
    return (word[0].isupper() and bare not in NOT_NAMES) or bare in SURE or (word.islower() and bare in _SURNAMES)


_SURNAMES = words(
    """
    smith jones taylor brown williams wilson johnson davies patel khan wright walker hussain singh kaur ali
    begum ahmed akhtar islam miah uddin rahman choudhury chowdhury shah malik iqbal mahmood hossain okafor
    adeyemi okonkwo mensah popescu ionescu popa kowalski nowak robinson thompson evans roberts jackson clarke
    lewis harris murphy o'brien kelly mohamed hassan abdi cooper ward turner carter edwards hughes moore martin
    lee morris morgan bailey shaw murray
    """
)


def _after_saint(seen: str, start: int) -> bool:
    before = seen[max(0, start - 8) : start].lower().rstrip()
    return before.endswith((" st", " st.", "saint", " king", "queen", "prince")) or before in ("st", "st.", "king")


def _names_a_place(seen: str, start: int, end: int) -> bool:
    """Robert Clack School, Harold Hill, George Street: where, not who."""
    if seen[start:end].lower() in PUBLIC_NAMES:
        return True
    last_word = seen[start:end].rsplit(maxsplit=1)[-1].lower() if seen[start:end].split() else ""
    if last_word in PLACE_NOUNS:
        return True
    following = _WORD.match(seen, end + 1) if end < len(seen) and seen[end] == " " else None
    return following is not None and _bare(following.group()) in PLACE_NOUNS


def _names_a_thing(seen: str, match: re.Match[str]) -> bool:
    """After "a shop called", the name is a shop's."""
    if not match.group().lower().strip().endswith("called"):
        return False
    before = seen[max(0, match.start() - 30) : match.start()].split()
    return bool(before) and before[-1].lower().strip(",.") in THINGS_CALLED

"""Street addresses: a house or flat number with the name of its street. A street alone is no address and stays."""

import re
from collections.abc import Iterator

from community.shared.masking.view import Span, words

_SURE = (  # hardly ever the end of "2 people ..." or "5 minutes ..."
    "road rd street st avenue ave lane ln crescent cres gardens gdns grove terrace mews parade square sq court "
    "broadway heathway villas mansions buildings wharf quay tower towers lodge estate"
)
_ALSO_WORDS = "close cl drive dr way walk hill rise row place park green view path yard gate house point heights"
"""Kinds of street that are common words too: in small letters, taken for a street only after one plain name."""

_NUMBER = r"(?:\d{1,4}[a-z]?(?:\s?[-/&]\s?\d{1,4}[a-z]?)?)"
_FLAT = r"(?:(?:flat|apartment|apt|unit|room|maisonette|studio)\s?(?:\d{1,4}[a-z]?|[a-z])\s?,?\s)"
_NAMED_BY = r"(?:(?:number|no\.?|nr\.?|house|door)\s?)"
_GAP = r"[ \t]?[,.]?[ \t\n]{1,2}"
_NAME = r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_])){1,24}"
_KIND = "|".join([*_SURE.split(), *_ALSO_WORDS.split()])
_ADDRESS = re.compile(
    rf"(?<![\w:.,/£$€#+-]){_FLAT}?{_NAMED_BY}?(?P<number>{_NUMBER}){_GAP}"
    rf"(?P<names>(?:{_NAME}\.?[ \t\n]{{1,2}}){{1,3}}?)(?P<kind>{_KIND})\b\.?",
    re.I,
)
_ONE_WORD = re.compile(
    rf"(?<![\w:.,/£$€#+-]){_FLAT}?{_NAMED_BY}?{_NUMBER}{_GAP}(?:the[ \t])?(?:broadway|heathway|shaftesburys|lawns)\b",
    re.I,
)
_NUMBER_AFTER = re.compile(
    rf"\b{_NAME}[ \t](?:{'|'.join(_SURE.split())})\b[ \t]?,?[ \t]"
    r"(?P<after>(?:at[ \t])?(?:number|no\.?|nr\.?|flat|house|door)[ \t]?\d{1,4}[a-z]?)(?!\w)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_BEFORE = re.compile(
    r"(?:bus|buses|route|routes|train|platform|year|years|age|aged|junction|exit|zone|at least)\s\Z", re.I
)
"""What counts buses, school years and the like, though a street's name may follow."""

_NO_NAME = words(
    """a an the this that these those my our your his her their its some any every each all both no another other more
    most many few several same and or but so if on in at to by of off from near with without into onto over under
    across along behind before after between around about past until till for up down out back there here then now when
    where who which what why how is are was were be been am pm i we you he she they it me us them had has have do does
    did went go goes going come comes came get got gets see saw seen walk walks walked walking cross crossed live lives
    lived ran run running stood standing stand hang hanging sit sitting shout shouting fight fighting ride riding drive
    driving parked followed following chased attacked robbed mugged stabbed not can could will would should must"""
)
_COUNTED = words(
    """man men woman women boy boys girl girls lad lads guy guys bloke blokes person people kid kids child children teen
    teens teenager teenagers youth youths pupil pupils student students adult adults friend friends mate mates drunk
    drunks robber robbers thief thieves dealer dealers officer officers police policeman pcso pcsos cop cops dog dogs
    car cars van vans bike bikes bicycle scooter scooters moped mopeds bus buses train trains shop shops pub pubs club
    lamp lamps light lights camera cameras cctv bin bins knife knives gun guns phone phones time times minute minutes
    min mins hour hours hr hrs day days night nights week weeks month months year years yr yrs mile miles metre
    metres meter meters m km yard yards foot feet ft mph pound pounds quid pence percent seconds rd nd th
    st way lane lanes story storey bed bedroom door stop stops o'clock oclock robbery
    robberies stabbing stabbings mugging muggings crash crashes accident accidents incident incidents attack attacks"""
)
_LIKE = words(
    """bad dark quiet busy big unlit empty safe unsafe scary whole different narrow horrible dodgy rough dangerous
    nearby lonely dirty nice lovely wide public better closed"""
)
"""Said of a street rather than its name; with a capital letter one of them may be a name (Lovely Road)."""


def find(seen: str) -> Iterator[Span]:
    """Every street address in a view."""
    for match in _ADDRESS.finditer(seen):
        if _is_an_address(seen, match):
            yield Span(match.start(), match.end(), "address")
    for match in _ONE_WORD.finditer(seen):
        if not _BEFORE.search(seen, max(0, match.start() - 12), match.start()):
            yield Span(match.start(), match.end(), "address")
    for match in _NUMBER_AFTER.finditer(seen):
        yield Span(match.start("after"), match.end("after"), "address")


def _is_an_address(seen: str, match: re.Match[str]) -> bool:
    if _YEAR.match(match["number"]) or _BEFORE.search(seen, max(0, match.start() - 12), match.start()):
        return False
    names, kind = match["names"].replace(".", " ").split(), match["kind"]
    first, *rest = [name.lower() for name in names]
    if first == "the" and not rest:  # The Drive
        return kind[0].isupper()
    if first == "st" and rest:  # St Awdry's Road
        return True
    if first in _COUNTED or any(name in _LIKE for name in names):
        return False
    if any(name.lower() in _NO_NAME for name in names) and not _is_a_title(names):
        return False
    if kind.lower() in _ALSO_WORDS.split() and not kind[0].isupper():
        return not rest and len(first) > 3 and not first.endswith("s")
    return True


def _is_a_title(names: list[str]) -> bool:
    """Over Mill, Down Hall: the small words of a sentence do not begin with capitals, unless all of it is in them."""
    return all(name[0].isupper() and not name.isupper() for name in names)

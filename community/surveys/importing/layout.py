"""Which column of a file is what: by the mapping, else by our keys, else by the question's English words. Pure."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from community.surveys.importing.faults import Fault, nearest, shown
from community.surveys.importing.mapping import DATE, DAYPART, IGNORE, ROLES, TIME, Mapping
from community.surveys.importing.words import plain
from community.surveys.questionnaire import ENGLISH, Questionnaire


def column_of(target: str, headers: Sequence[str], mapping: Mapping) -> int | None:
    """The place of the column that holds a role, before it is known which questionnaire the file is about."""
    words = {DAYPART: (DAYPART, TIME)}.get(target, (target,))
    for index, header in enumerate(headers):
        if mapping.columns.get(plain(header), plain(header)) in words:
            return index
    return None


def lay_out(
    headers: Sequence[str], mapping: Mapping, questionnaire: Questionnaire
) -> tuple[dict[str, int], list[Fault]]:
    """({role or question key: place of its column}, what is wrong). Columns to ignore are left out."""
    ours = _our_words(questionnaire)
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for index, header in enumerate(headers):
        target = mapping.columns.get(plain(header)) or ours.get(plain(header))
        if target == IGNORE:
            continue
        if target is None:
            known = [*ROLES, *(question.key for question in questionnaire.questions)]
            fix = f"map it to a question or to ignore; {nearest(header, known)}"
            faults.append(Fault(1, header, "nothing in the survey goes by this heading", fix))
        elif target in found:
            message = f"columns {shown(headers[found[target]])} and {shown(header)} both hold {target}"
            faults.append(Fault(1, None, message, "map one of them to ignore"))
        else:
            found[target] = index
    if DATE not in found:
        fix = "head the day of each response 'date', or map its heading"
        faults.append(Fault(1, None, "there is no date column", fix))
    in_file = {plain(header) for header in headers}
    for heading in sorted(mapping.columns.keys() - in_file):
        message = f"the mapping names a heading {shown(heading)} that the file does not have"
        faults.append(Fault(None, None, message, nearest(heading, headers)))
    if not any(questionnaire.has_question(target) for target in found.keys() - set(ROLES)):
        fix = "head each with a question's key or its English words"
        faults.append(Fault(1, None, "no column holds an answer", fix))
    return found, faults


def _our_words(questionnaire: Questionnaire) -> Map[str, str]:
    """Every plain heading we know of -> role or question key; where two want one, a role, then a key has it."""
    words: dict[str, str] = {}
    for question in questionnaire.questions:
        for texts in (question.wording_anywhere, question.wording):
            if texts is not None:
                words[plain(texts[ENGLISH])] = question.key
    words |= {plain(question.key): question.key for question in questionnaire.questions}
    return words | {role: role for role in ROLES} | {TIME: DAYPART}

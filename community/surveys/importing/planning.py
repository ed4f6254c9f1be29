"""What bringing a file in would do, worked out before anything is stored: which wave, which rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from community.shared.errors import UserError
from community.surveys.fielding import Counting, Fielding
from community.surveys.importing.faults import BadCell, Fault, FileRefused, shown
from community.surveys.importing.layout import column_of, lay_out
from community.surveys.importing.mapping import DATE, ROLES, Mapping, faults_with
from community.surveys.importing.places import Gazetteer
from community.surveys.importing.rows import Row, RowReader, read_days
from community.surveys.importing.sheet import Sheet
from community.surveys.questionnaire import Questionnaire

NEW: Final = "new"


class WhichWave(UserError):
    """The wave was not said, or there is none such."""


@dataclass(frozen=True)
class Background:
    """What is known before a file is looked at. waves: all of the survey. version, questionnaire, counting: its
    newest wording, which a new wave would field."""

    survey: str
    waves: Sequence[Fielding]
    version: int
    questionnaire: Questionnaire
    counting: Counting
    places: Gazetteer


@dataclass(frozen=True)
class Plan:
    """Ready to store. fielding: None when a new wave is to be made, which then runs from first to last.
    number: of the wave, a new one's too, if nobody makes another before. not_asked: questions the file lacks.
    harm: lines whose free words read as if somebody may be in danger."""

    sheet: Sheet
    survey: str
    fielding: Fielding | None
    number: int
    counting: Counting
    rows: Sequence[Row]
    first: date
    last: date
    not_asked: tuple[str, ...]
    harm: tuple[int, ...]


def plan(
    sheet: Sheet,
    background: Background,
    mapping: Mapping,
    *,
    wave: str | None,
    today: date,
    tells_of_harm: Callable[[str], object],
) -> Plan:
    """Check every row. wave: a number, NEW, or None for the one wave whose dates hold every row, else a new one.
    Raises FileRefused with everything that is wrong, WhichWave."""
    span = _span(sheet, mapping, today)
    fielding = _choose(background, wave, span)
    questionnaire = fielding.questionnaire if fielding else background.questionnaire
    layout, faults = lay_out([column.header for column in sheet.columns], mapping, questionnaire)
    faults = [*faults_with(mapping, questionnaire), *faults]
    if fielding is None and span is not None and span[1] >= today:
        message = "the last row is of today, and a wave that is brought in must be over"
        faults.append(Fault(None, None, message, "wait until tomorrow, or name a wave with --wave"))
    if faults:
        raise FileRefused(sheet.name, faults)
    allowed = (fielding.opens_on, fielding.closes_on) if fielding else None
    checked = RowReader(
        sheet,
        layout,
        questionnaire,
        mapping,
        background.places,
        today=today,
        allowed=allowed,
        tells_of_harm=tells_of_harm,
    ).read()
    if checked.count or span is None:
        raise FileRefused(sheet.name, checked.faults, checked.count)
    keys = [question.key for question in questionnaire.questions]
    return Plan(
        sheet=sheet,
        survey=background.survey,
        fielding=fielding,
        number=_number(background, fielding),
        counting=fielding.counting if fielding else background.counting,
        rows=checked.rows,
        first=span[0],
        last=span[1],
        not_asked=tuple(key for key in keys if key not in layout or key in ROLES),
        harm=tuple(dict.fromkeys(checked.harm)),
    )


def _span(sheet: Sheet, mapping: Mapping, today: date) -> tuple[date, date] | None:
    """First and last day of the rows whose date can be read; None without any."""
    at = column_of(DATE, [column.header for column in sheet.columns], mapping)
    if at is None:
        return None
    days = [moment[0] for moment in read_days(sheet.columns[at], mapping, today) if not isinstance(moment, BadCell)]
    return (min(days), max(days)) if days else None


def _choose(background: Background, wave: str | None, span: tuple[date, date] | None) -> Fielding | None:
    waves = {str(fielding.number): fielding for fielding in background.waves}
    if wave == NEW:
        return None
    if wave is not None:
        if wave not in waves:
            listed = ", ".join(sorted(waves, key=int)) or "none yet"
            raise WhichWave(f"{background.survey} has no wave {shown(wave)}. Its waves: {listed}. Or say --wave new.")
        return waves[wave]
    if span is None:
        return None
    holding = [fielding for fielding in background.waves if fielding.is_open(span[0]) and fielding.is_open(span[1])]
    if len(holding) > 1:
        listed = " and ".join(str(number) for number in sorted(fielding.number for fielding in holding))
        raise WhichWave(f"Waves {listed} of {background.survey} both hold these dates. Say which with --wave.")
    return holding[0] if holding else None


def _number(background: Background, fielding: Fielding | None) -> int:
    if fielding is not None:
        return fielding.number
    return 1 + max((wave.number for wave in background.waves), default=0)

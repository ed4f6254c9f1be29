"""A council's list of places, as CSV, read into checked rows: every fault named by line, with what to do. Pure.

Needed columns: name, kind, lat, lon. Optional: ward_code, ward_name, areas, aliases, id, source, credit, precision,
approximate. Headings in any case and order; several areas or aliases in a cell stand apart by | or ;. An empty
optional cell says nothing. Cells are text and nothing else: a formula or HTML in one is kept as it is written and
made harmless where it is shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from community.places import cells
from community.places.cells import BadCell
from community.places.headings import BadHeadings, check_needed, columns_of
from community.places.kinds import PLACE_KINDS, PRECISIONS
from community.places.slugs import slugify
from community.shared.errors import UserError

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 20_000

_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "place", "place_name"),
    "kind": ("kind", "type", "category"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "ward_code": ("ward_code", "wardcode"),
    "ward_name": ("ward_name", "ward"),
    "areas": ("areas", "area"),
    "aliases": ("aliases", "alias", "other_names"),
    "external_id": ("id", "external_id"),
    "source": ("source", "coordinate_source"),
    "credit": ("credit", "attribution"),
    "precision": ("precision",),
    "approximate": ("approximate",),
}
_ONS_WARD: Final = re.compile(r"wd\d\d(cd|nm)", re.ASCII | re.IGNORECASE)
_NEEDED: Final = ("name", "kind", "lat", "lon")


@dataclass(frozen=True)
class PlaceRow:
    """One place of the file, checked. None and () mean that the file does not say."""

    line: int
    name: str
    kind: str
    lat: float
    lon: float
    ward_code: str | None = None
    ward_name: str | None = None
    areas: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    external_id: str | None = None
    source: str | None = None
    credit: str | None = None
    precision: str | None = None
    approximate: bool | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line of the file, and what to do."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class PlaceFile:
    rows: Sequence[PlaceRow]
    ignored: Sequence[str]  # headings we have no use for


class BadPlaceFile(UserError):
    """The file was not taken in. `problems`: every fault of its rows; none when it cannot be read at all."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__("\n".join([message, *map(str, problems)]))
        self.problems = tuple(problems)

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> BadPlaceFile:
        lines = len({problem.line for problem in problems})
        count = "1 line needs" if lines == 1 else f"{lines} lines need"
        ordered = sorted(problems, key=lambda problem: problem.line)
        return cls(f"Nothing was imported: {count} putting right.", ordered)


def parse_places(content: bytes) -> PlaceFile:
    """The rows of a CSV file. Raises BadPlaceFile naming every bad line; a bad file gives no row at all."""
    lines = records(decode(content))
    header = next(lines, (1, []))[1]
    columns, ignored = _columns(header)
    rows: list[PlaceRow] = []
    problems: list[Problem] = []
    for number, (line, record) in enumerate(lines, start=1):
        if number > MAX_ROWS:
            raise BadPlaceFile(f"The file has more than {MAX_ROWS:,} places. Cut it into smaller files.")
        if len(record) != len(header):
            problems.append(
                Problem(
                    line,
                    f"has {len(record)} cells where the headings have {len(header)}. Put text "
                    "with commas in it in double quotes.",
                )
            )
            continue
        row = _read_row(line, {field: record[index] for field, index in columns.items()})
        if isinstance(row, PlaceRow):
            rows.append(row)
        else:
            problems.extend(row)
    problems.extend(_repeats(rows))
    if problems:
        raise BadPlaceFile.of(problems)
    if not rows:
        raise BadPlaceFile("The file has headings and no places. Give each place a line below the headings.")
    return PlaceFile(rows, ignored)


def decode(content: bytes) -> str:
    """The text of a CSV file as spreadsheets write it. Raises BadPlaceFile."""
    if len(content) > MAX_BYTES:
        raise BadPlaceFile(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Cut it into smaller files.")
    if not content.strip():
        raise BadPlaceFile("The file is empty.")
    for encoding in ("utf-8-sig", "cp1252"):  # what spreadsheets call "CSV UTF-8" and plain "CSV"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise BadPlaceFile(
        "The file is not CSV text in UTF-8 or Windows-1252. In your spreadsheet choose Save as, CSV UTF-8."
    )


def _delimiter(text: str) -> str:
    heading = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return max((",", ";", "\t"), key=heading.count)  # on a tie, and with none at all, the comma


def records(content: str) -> Iterator[tuple[int, list[str]]]:
    """(first line of the record, its cells); blank lines are passed over. Raises BadPlaceFile."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content), strict=True)
    before = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            problem = Problem(before + 1, f"{exc}. Check the double quotes from here on.")
            raise BadPlaceFile("The file cannot be read as CSV.", [problem]) from exc
        line, before = before + 1, reader.line_num
        if any(cell.strip() for cell in record):
            yield line, record


def _columns(header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Field -> its column, and the headings we have no use for."""
    try:
        columns, ignored = columns_of(header, _HEADINGS, read_as=_as_we_head)
        check_needed(header, columns, _NEEDED)
    except BadHeadings as wrong:
        raise BadPlaceFile(str(wrong)) from wrong
    return columns, ignored


def _as_we_head(heading: str) -> str:
    """ONS heads wards with the year, as in WD24CD and WD24NM."""
    ons = _ONS_WARD.fullmatch(heading)
    return heading if ons is None else "ward_code" if ons[1].casefold() == "cd" else "ward_name"


def _read_row(line: int, given: Mapping[str, str]) -> PlaceRow | list[Problem]:
    """The row, or every fault of its cells."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, cell in given.items():
        try:
            values[field] = _READERS[field](cell)
        except BadCell as exc:
            problems.append(Problem(line, f"{field} {exc}"))
    if problems:
        return problems
    try:
        cells.check_order(values["lat"], values["lon"])
    except BadCell as exc:
        return [Problem(line, str(exc))]
    return PlaceRow(line=line, **values)


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "name": cells.place_name,
    "kind": lambda cell: cells.one_of(cells.needed(cell), PLACE_KINDS),
    "lat": lambda cell: cells.degrees(cell, limit=90),
    "lon": lambda cell: cells.degrees(cell, limit=180),
    "ward_code": cells.code,
    "ward_name": lambda cell: cells.text(cell, longest=120) or None,
    "areas": lambda cell: tuple(map(cells.place_name, cells.several(cell, longest=120, most=10))),
    "aliases": lambda cell: cells.several(cell, longest=120, most=20),
    "external_id": lambda cell: cells.text(cell, longest=80) or None,
    "source": lambda cell: cells.text(cell, longest=500) or None,
    "credit": lambda cell: cells.text(cell, longest=500) or None,
    "precision": lambda cell: cells.one_of(cell, PRECISIONS) if cell.strip() else None,
    "approximate": cells.yes_no,
}


def _repeats(rows: Sequence[PlaceRow]) -> Iterator[Problem]:
    """The same id twice, or the same name twice where an id does not tell the two places apart."""
    first_id: dict[str, int] = {}
    first_name: dict[str, PlaceRow] = {}
    for row in rows:
        if row.external_id is not None:
            line = first_id.setdefault(row.external_id, row.line)
            if line != row.line:
                yield Problem(row.line, f"id {row.external_id!r} is also on line {line}. Give each place its own.")
                continue
        first = first_name.setdefault(slugify(row.name), row)
        if first is not row and (row.external_id is None or first.external_id is None):
            yield Problem(row.line, f"name {row.name!r} is also on line {first.line}. Take one out or give both an id.")

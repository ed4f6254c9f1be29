"""Whether the bytes of an .xlsx file may be opened at all; and one of its cells as text.

A spreadsheet is a zip of XML files that anybody may have made. Before any of it is parsed: it is small, packed and
unpacked; it has no macros, no embedded objects and no links to other files; its XML declares no entities. Of what is
left only text is taken; a formula is refused, since what it shows depends on who opens the file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

MAX_BYTES: Final = 1_000_000
MAX_UNPACKED: Final = 20_000_000
MAX_PARTS: Final = 200

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How a file of Excel 97, and one locked with a password, begins."""
_FOREIGN: Final = (
    (re.compile(r"vbaProject|macrosheets/|xl/activeX/|ctrlProps/", re.I), "macros"),
    (re.compile(r"externalLinks/|connections\.xml|queryTables/", re.I), "links to other files or databases"),
    (re.compile(r"embeddings/|\.(bin|exe|dll|js|vbs)$", re.I), "something embedded in it"),
)
_HARMLESS: Final = re.compile(r"xl/printerSettings/printerSettings\d*\.bin", re.I)
_DECLARES: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)


class Refused(Exception):
    """A file that is not opened. args: what is wrong, what to do."""


def check_parts(data: bytes, *, holds: str, copy: str) -> None:
    """Raises Refused, or an error of zipfile's own for one that is broken. holds: what the file should be, such as "a
    questionnaire"; copy: what to copy into a new file, such as "the three sheets"."""
    afresh = f"copy {copy} into a new file"
    if len(data) > MAX_BYTES:
        raise Refused("the file is too large", f"keep it under {MAX_BYTES // 1_000_000} MB: take pictures out")
    if data.startswith(_OLD):
        raise Refused("this is an old .xls file, or has a password", "save it as .xlsx, without a password")
    if not data.startswith(_ZIP):
        raise Refused("this is not a spreadsheet", "save it as .xlsx and send that")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if "xl/workbook.xml" not in [part.filename for part in parts]:
            raise Refused("this is not an .xlsx spreadsheet", "save it as .xlsx (Excel workbook) and send that")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("the file has a password", "save it without one")
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused(f"the file unpacks to far more than {holds}", afresh)
        for part in parts:
            for form, what in _FOREIGN:
                if form.search(part.filename) and not _HARMLESS.fullmatch(part.filename):
                    raise Refused(f"the file has {what}", f"{afresh}, as plain cells")
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_xml(packed.read(part), afresh)


def cell_text(cell: Any) -> tuple[str, tuple[str, str] | None]:
    """(the cell as text, None), or ("", (what it is, what to do)) for one that cannot be taken. A date is not text:
    whoever takes dates looks for them first."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return "", None
    if kind in ("n", "b") and isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else f"{value:.15g}", None
    words = str(value).strip(" \t\r\n\u00a0")
    if kind == "f" or words.startswith("="):
        return "", ("is a formula", "write the words themselves, or paste them with 'values only'")
    if kind == "d" or not isinstance(value, str):
        return "", ("was made a date by the spreadsheet program", "format the cell as text, then type it again")
    if kind == "e":
        return "", (f"holds the error {words}", "write the words themselves")
    return words, None


def _check_xml(text: bytes, afresh: str) -> None:
    """Nothing a spreadsheet program writes has entities, or another encoding in which they could hide."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text or _DECLARES.search(text):
        raise Refused("the file has parts no spreadsheet program writes", afresh)

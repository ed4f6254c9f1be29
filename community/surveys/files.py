"""A questionnaire in whatever kind of file it was written: YAML, or an XLSForm spreadsheet as .xlsx or .csv."""

from __future__ import annotations

from typing import Final

from community.surveys import loading
from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.xlsform.loading import Loaded
from community.surveys.xlsform.loading import load as load_sheets

KINDS: Final = (".xlsx", ".csv", ".yaml", ".yml")


def load_file(data: bytes, *, name: str) -> Loaded:
    """Raises QuestionnaireError with everything that is wrong."""
    ending = name.lower().rpartition(".")[2]
    if ending not in ("yaml", "yml"):
        return load_sheets(data, name=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        wrong = Problem(None, "this is not UTF-8 text", "save it as UTF-8 and try again")
        raise QuestionnaireError(name, [wrong]) from None
    return Loaded(loading.load(text, name=name))

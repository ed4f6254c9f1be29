"""What a venue can offer: staff on duty, facilities, access, languages."""

from __future__ import annotations

from community.safe_havens.forms.fields import Filled, Values, first
from community.safe_havens.kinds import ACCESS, FACILITIES, OFFERED
from community.safe_havens.spoken import LANGUAGES

MOST_STAFF = 500
MOST_OTHERS = 5


def read_staff(filled: Filled) -> None:
    filled.number("least_staff", least=1, most=MOST_STAFF, missing="Enter how many people are at work at least.")


def read_offers(filled: Filled) -> None:
    filled.choices("facilities", list(FACILITIES))
    filled.choices("access", list(ACCESS))


def read_languages(filled: Filled) -> None:
    ticked = filled.choices("languages", LANGUAGES)
    others = filled.text("others", most=120, missing=None)
    if len(others_of(others)) > MOST_OTHERS:
        filled.wrong("others", f"Name {MOST_OTHERS} other languages at most.")
    elif any(not name.replace(" ", "").replace("-", "").isalpha() for name in others_of(others)):
        filled.wrong("others", "Write languages by name, with a comma between two.")
    elif not ticked and not others and not filled.errors:
        filled.wrong("languages", "Tick one language at least.")


def others_of(text: str) -> list[str]:
    """Languages typed with commas between them."""
    return [name.strip()[:40] for name in text.split(",") if name.strip()]


def offers_of(values: Values) -> list[str]:
    """Keys of kinds.OFFERED that were ticked, in that order."""
    ticked = {*values.get("facilities", ()), *values.get("access", ())}
    return [key for key in OFFERED if key in ticked]


def languages_of(values: Values) -> list[str]:
    """Names of languages, ticked ones first; no name twice."""
    typed = [name[:1].upper() + name[1:] for name in others_of(first(values, "others"))]
    return list(dict.fromkeys([*values.get("languages", ()), *typed]))


def as_fields(offers: list[str], languages: list[str]) -> dict[str, list[str]]:
    """What is stored as the fields of these forms."""
    return {
        "facilities": [key for key in offers if key in FACILITIES],
        "access": [key for key in offers if key in ACCESS],
        "languages": [name for name in languages if name in LANGUAGES],
        "others": [", ".join(name for name in languages if name not in LANGUAGES)],
    }

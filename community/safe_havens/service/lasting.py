"""How long what keeps a venue on the public list lasts: its check, its training, its insurance."""

from __future__ import annotations

from datetime import date, timedelta

from community.safe_havens.kinds import VALID_DAYS
from community.safe_havens.models import SafeHaven
from community.shared.runtime import runtime


def hidden_because(haven: SafeHaven, today: date) -> tuple[str, ...]:
    """Why an approved venue is not on the public list on a day; as queries.is_listed decides. Empty: it is."""
    reasons = [words for words, until in runs_out(haven) if until < today]
    if not haven.consents:
        reasons.append("it has not agreed to be shown")
    return tuple(reasons)


def runs_out(haven: SafeHaven) -> list[tuple[str, date]]:
    """(what, the last day on which it counts) of all that keeps a venue listed."""
    year = timedelta(days=VALID_DAYS)
    found = [
        ("the yearly check", haven.checked_on + year if haven.checked_on else date.min),
        ("the training", haven.trained_on + year if haven.trained_on else date.min),
    ]
    if runtime().settings.havens.insurance and haven.insured_until is not None:
        found.append(("the insurance", haven.insured_until))
    return found

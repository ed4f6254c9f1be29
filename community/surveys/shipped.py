"""The questionnaires that come with the service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from community.surveys.loading import load
from community.surveys.models import Version
from community.surveys.service.waves import publish

FOLDER = Path(__file__).parent / "questionnaires"


def publish_shipped(*, on: date) -> list[Version]:
    """Store the shipped questionnaires as versions, unless they stand already. Flushed, not committed."""
    return [publish(load(path.read_text(), name=path.name), on=on) for path in sorted(FOLDER.glob("*.yaml"))]

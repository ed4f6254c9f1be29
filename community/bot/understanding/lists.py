"""The word lists of this room: YAML files that a person can read and add to. Each is read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).with_name("words")


@cache
def read(name: str) -> dict[str, Any]:
    """The list of this name. Raises FileNotFoundError."""
    loaded = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=_loader())  # noqa: S506 -- a safe loader, the fast one
    return {str(key): value for key, value in loaded.items()}


def _loader() -> type[yaml.SafeLoader]:
    """The fast one where the machine has it: lists are long and are read when the service starts."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)

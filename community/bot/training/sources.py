"""What a model is made from, and whether the one that ships was made from what is there now."""

from __future__ import annotations

from community.bot.training.phrases import FOLDER, digest_of
from community.bot.understanding.lists import FOLDER as LISTS


def digest() -> str:
    """Of the phrases and of the lists that features are made with."""
    words = [LISTS / name for name in ("emoji.yaml", "pairs.yaml", "slips.yaml", "spellings.yaml")]
    return digest_of([*FOLDER.glob("*.txt"), *words, *(LISTS / "concepts").glob("*.yaml")])

"""`make train`: the model anew from the phrases, written beside the code that reads it."""

from __future__ import annotations

import sys
from time import perf_counter
from typing import Any

import numpy as np

from community.bot.training.fitting import fit
from community.bot.training.phrases import read_phrases
from community.bot.training.sources import digest
from community.bot.understanding import model


def main() -> int:
    began = perf_counter()
    phrases = read_phrases()
    made = fit(phrases, digest())
    if made.second is None:
        raise SystemExit("Phrases of all three urgencies are needed: none, urgent and emergency.")
    parts = {"first": made.first, "second": made.second.hidden}
    arrays: dict[str, Any] = {f"{name}_{part}": getattr(of, part) for name, of in parts.items() for part in model.PARTS}
    arrays |= {"out": made.second.out, "out_bias": made.second.bias}
    with model.FILE.open("wb") as file:
        np.savez_compressed(
            file, form=np.array(model.FORM), outputs=np.array(" ".join(made.outputs)), digest=np.array(made.digest),
            **arrays,
        )  # fmt: skip
    size = model.FILE.stat().st_size / 1e6
    features = len(made.first.features)
    print(f"{len(phrases):,} phrases, {features:,} features, {size:.2f} MB, {perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

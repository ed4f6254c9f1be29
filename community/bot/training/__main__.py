"""`make train`: the model anew from the phrases, written beside the code that reads it."""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from community.bot.training.fitting import fit
from community.bot.training.phrases import read_phrases
from community.bot.training.sources import digest
from community.bot.understanding import model


def main() -> int:
    began = perf_counter()
    phrases = read_phrases()
    made = fit(phrases, digest())
    with model.FILE.open("wb") as file:
        np.savez_compressed(
            file, form=np.array(model.FORM), outputs=np.array(" ".join(made.outputs)), features=made.features,
            weights=made.weights, step=made.step, bias=made.bias, digest=np.array(made.digest),
        )  # fmt: skip
    size = model.FILE.stat().st_size / 1e6
    print(f"{len(phrases):,} phrases, {len(made.features):,} features, {size:.2f} MB, {perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

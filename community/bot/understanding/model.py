"""The trained model, read from one small file: which features of a message speak for which meaning.

Linear: the sum of what each known feature says, made a probability. No library but numpy."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("weights.npz")
FORM: Final = 2
"""Of the file and of the features it was trained on; an older file is not read."""


@dataclass(frozen=True)
class Model:
    """features: sorted hashes of what is known; weights: a row for each, a column for each output, in steps of `step`;
    bias: a column each. digest: of what it was trained from."""

    outputs: tuple[str, ...]
    features: NDArray[np.uint32]
    weights: NDArray[np.int8]
    step: NDArray[np.float32]
    bias: NDArray[np.float32]
    digest: str

    def chances(self, hashes: NDArray[np.uint32], values: NDArray[np.float32]) -> dict[str, float]:
        """Output -> how likely, 0 to 1, each by itself."""
        total = self.bias.astype(np.float32)
        if len(hashes) and len(self.features):
            places = np.searchsorted(self.features, hashes)
            places[places == len(self.features)] = 0
            known = self.features[places] == hashes
            rows = self.weights[places[known]].astype(np.float32)
            total = total + (values[known] @ rows) * self.step
        likely = 1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))
        return dict(zip(self.outputs, likely.tolist(), strict=True))


def read_model(path: Path) -> Model | None:
    """None when there is no such file, or it is broken or of another form: the rules work without it."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            if int(file["form"]) != FORM:
                return None
            model = Model(
                tuple(str(file["outputs"]).split()), file["features"], file["weights"], file["step"], file["bias"],
                str(file["digest"]),
            )  # fmt: skip
            fits = model.weights.shape == (len(model.features), len(model.outputs)) and len(model.bias) == len(
                model.outputs
            )
            return model if fits else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


@cache
def shipped() -> Model | None:
    """The model in this folder, read once for each process."""
    return read_model(FILE)

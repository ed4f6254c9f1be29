"""The trained model, read from one small file: which features of a message speak for which meaning.

Two readers. The first is linear: the sum of what each known feature says. The second has a hidden layer and so sees
what features say together ("kill" beside "exam"); it is asked only how urgent a message is, and weighs a quarter. No
library but numpy."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("weights.npz")
FORM: Final = 3
"""Of the file and of the features it was trained on; an older file is not read."""
PARTS: Final = ("features", "weights", "step", "bias")
"""Of a sum, in the file."""
URGENCY: Final = ("alarm", "harm", "now")
"""Outputs that a model must have."""
SECOND: Final = 1 / 4
"""What the second reader's word weighs, of the two."""
LOUDEST: Final = 4.0
"""Log odds. Of whether there is harm at all the second reader is surer than it should be."""


@dataclass(frozen=True)
class Sum:
    """features: sorted hashes of what is known; weights: a row for each, a column for each output, in steps of `step`;
    bias: a column each."""

    features: NDArray[np.uint32]
    weights: NDArray[np.int8]
    step: NDArray[np.float32]
    bias: NDArray[np.float32]

    def of(self, hashes: NDArray[np.uint32], values: NDArray[np.float32]) -> NDArray[np.float32]:
        """A number for each output."""
        total = self.bias.astype(np.float32)
        if len(hashes) and len(self.features):
            places = np.searchsorted(self.features, hashes)
            places[places == len(self.features)] = 0
            known = self.features[places] == hashes
            rows = self.weights[places[known]].astype(np.float32)
            total = total + (values[known] @ rows) * self.step
        return total


@dataclass(frozen=True)
class Second:
    """hidden: what the units of the hidden layer add up; out, bias: what they say, a row each, of none, urgent and
    emergency."""

    hidden: Sum
    out: NDArray[np.float32]
    bias: NDArray[np.float32]

    def odds(self, hashes: NDArray[np.uint32], values: NDArray[np.float32]) -> dict[str, float]:
        """Log odds of `alarm`, `harm` and `now` (fitting.OUTPUTS)."""
        units = np.maximum(self.hidden.of(hashes, values), 0.0)
        none, urgent, emergency = (units @ self.out + self.bias).tolist()
        harm = float(np.logaddexp(urgent, emergency))
        return {"alarm": _quiet(emergency - none), "harm": _quiet(harm - none), "now": emergency - urgent}


@dataclass(frozen=True)
class Model:
    """first: a column for each of `outputs`. digest: of what it was trained from."""

    outputs: tuple[str, ...]
    first: Sum
    second: Second | None
    digest: str

    def chances(
        self, hashes: NDArray[np.uint32], values: NDArray[np.float32], *, together: bool = True
    ) -> dict[str, float]:
        """Output -> how likely, 0 to 1, each by itself. together: whether the second reader is asked too."""
        total = self.first.of(hashes, values)
        for output, odds in self.second.odds(hashes, values).items() if self.second and together else ():
            at = self.outputs.index(output)
            total[at] += (odds - total[at]) * SECOND
        likely = 1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))
        return dict(zip(self.outputs, likely.tolist(), strict=True))


def _quiet(odds: float) -> float:
    return min(max(odds, -LOUDEST), LOUDEST)


def read_model(path: Path) -> Model | None:
    """None when there is no such file, or it is broken or of another form: the rules work without it."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            if int(file["form"]) != FORM:
                return None
            first, hidden = (Sum(*(file[f"{name}_{part}"] for part in PARTS)) for name in ("first", "second"))
            outputs = tuple(str(file["outputs"]).split())
            second = Second(hidden, file["out"], file["out_bias"])
            fits = set(URGENCY) <= set(outputs) and _fits(first, len(outputs)) and _fits(hidden, len(second.out))
            fits = fits and second.out.shape[1:] == second.bias.shape == (3,) and _are_numbers(second.out, second.bias)
            return Model(outputs, first, second, str(file["digest"])) if fits else None
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError):
        return None


def _fits(part: Sum, outputs: int) -> bool:
    """Whether it is a sum for so many outputs, of features that can be searched."""
    return (
        part.weights.shape == (len(part.features), outputs)
        and part.step.shape == part.bias.shape == (outputs,)
        and part.features.dtype == np.uint32
        and part.weights.dtype == np.int8
        and bool(np.all(part.features[1:] > part.features[:-1]))
        and _are_numbers(part.step, part.bias)
    )


def _are_numbers(*arrays: NDArray[Any]) -> bool:
    return all(array.dtype == np.float32 and bool(np.isfinite(array).all()) for array in arrays)


@cache
def shipped() -> Model | None:
    """The model in this folder, read once for each process."""
    return read_model(FILE)

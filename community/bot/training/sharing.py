"""The slow parts of making a model, shared between processes: features of texts, one line for each output, and the
layers of the second reader.

What comes out is the same however many share it."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from community.bot.meaning import Urgency
from community.bot.understanding.concepts import classes_of
from community.bot.understanding.features import features_of
from community.bot.understanding.normalising import plain

STRENGTH: Final = 4.0
"""Inverse of how hard weights are held down."""
WORTH_SHARING: Final = 4_000
"""Texts. Fewer are done sooner than another process starts."""
NETWORKS: Final = 2
"""Small ones that begin elsewhere and are averaged: less hangs on where one began."""
UNITS: Final = 16
"""Of the hidden layer of each."""
BATCH: Final = 512
READINGS: Final = 4
SCALE: Final = 3.0
"""Features are small numbers; a network learns sooner from larger ones."""
_MOST_PROCESSES: Final = 4
_CHUNK: Final = 2_000

Features = tuple[NDArray[np.uint32], NDArray[np.float32]]
Line = tuple[NDArray[np.float64], float]
"""(weights of the features, bias)."""
Numbers = NDArray[np.floating[Any]]
Layers = tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]
"""((features x units, units x urgencies), (bias of the units, of the urgencies))."""
_held: dict[str, Any] = {}
"""What a process was started with: the same matrix serves all its lines."""


def features_of_all(texts: Sequence[str]) -> list[Features]:
    """(hashes, values) of each text."""
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    if len(texts) < WORTH_SHARING:
        return [features for chunk in chunks for features in _features(chunk)]
    with _pool() as pool:
        return [features for chunk in pool.map(_features, chunks) for features in chunk]


def lines_and_layers(
    rows: Any, truth: NDArray[np.bool_], asked: NDArray[np.bool_], often: Any, told: NDArray[np.int_]
) -> tuple[list[Line | None], Layers | None]:
    """(a line for each column of `truth`, drawn among the rows that are `asked`, None where they all agree; the layers
    of networks that tell `told`, 0 to 2, from the rows `often`, None where one is never told)."""
    columns, seeds = range(truth.shape[1]), range(NETWORKS if len(set(told)) == len(Urgency) else 0)
    if rows.shape[0] < WORTH_SHARING:
        _hold(rows, truth, asked, often, told)
        return [_line(column) for column in columns], _as_one([_layers(seed) for seed in seeds])
    with _pool(_hold, (rows, truth, asked, often, told)) as pool:
        layers = pool.map(_layers, seeds)
        return list(pool.map(_line, columns)), _as_one(list(layers))


def _as_one(networks: list[Layers]) -> Layers | None:
    """One that says what they say on average."""
    if not networks:
        return None
    (hidden, out), (hidden_bias, out_bias) = (tuple(zip(*parts, strict=True)) for parts in zip(*networks, strict=True))
    count = len(networks)
    return (np.hstack(hidden), np.vstack(out) / count), (np.hstack(hidden_bias), np.mean(out_bias, axis=0))


def _pool(begin: Any = None, given: tuple[Any, ...] = ()) -> ProcessPoolExecutor:
    count = min(_MOST_PROCESSES, cpu_count() or 1)
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), begin, given)


def _features(texts: Sequence[str]) -> list[Features]:
    messages = [plain(text) for text in texts]
    return [features_of(message, classes_of(message.words)) for message in messages]


def _hold(rows: Any, truth: NDArray[np.bool_], asked: NDArray[np.bool_], often: Any, told: NDArray[np.int_]) -> None:
    _held.update(rows=rows, truth=truth, asked=asked, often=often, told=told)


def _line(column: int) -> Line | None:
    among = _held["asked"][:, column]
    told = _held["truth"][among, column]
    if len(set(told)) < 2:
        return None
    line = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.3, random_state=0)
    line.fit(_held["rows"][among], told)
    return line.coef_[0], float(line.intercept_[0])


def _layers(seed: int) -> Layers:
    """Phrases are read a few times only: more, and they are learned by heart."""
    network = MLPClassifier(
        (UNITS,), alpha=1e-5, batch_size=min(BATCH, len(_held["told"])), learning_rate_init=0.004,
        max_iter=READINGS, n_iter_no_change=READINGS, tol=0.0, random_state=seed,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(_held["often"] * SCALE, _held["told"])
    hidden, out = network.coefs_
    return (hidden * SCALE, out), tuple(network.intercepts_)

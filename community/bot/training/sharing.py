"""The slow parts of making a model, shared between processes: features of texts, and one line for each output.

What comes out is the same however many share it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from community.bot.understanding.concepts import classes_of
from community.bot.understanding.features import features_of
from community.bot.understanding.normalising import plain

STRENGTH: Final = 4.0
"""Inverse of how hard weights are held down."""
WORTH_SHARING: Final = 4_000
"""Texts. Fewer are done sooner than another process starts."""
_MOST_PROCESSES: Final = 4
_CHUNK: Final = 2_000

Features = tuple[NDArray[np.uint32], NDArray[np.float32]]
Line = tuple[NDArray[np.float64], float]
"""(weights of the features, bias)."""
_held: dict[str, Any] = {}
"""What a process was started with: the same matrix serves all its lines."""


def features_of_all(texts: Sequence[str]) -> list[Features]:
    """(hashes, values) of each text."""
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    if len(texts) < WORTH_SHARING:
        return [features for chunk in chunks for features in _features(chunk)]
    with _pool() as pool:
        return [features for chunk in pool.map(_features, chunks) for features in chunk]


def lines(rows: Any, truth: NDArray[np.bool_], asked: NDArray[np.bool_]) -> list[Line | None]:
    """A line for each column of `truth`, drawn among the rows that are `asked`; None where they all agree."""
    columns = range(truth.shape[1])
    if rows.shape[0] < WORTH_SHARING:
        _hold(rows, truth, asked)
        return [_line(column) for column in columns]
    with _pool(_hold, (rows, truth, asked)) as pool:
        return list(pool.map(_line, columns))


def _pool(begin: Any = None, given: tuple[Any, ...] = ()) -> ProcessPoolExecutor:
    count = min(_MOST_PROCESSES, cpu_count() or 1)
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), begin, given)


def _features(texts: Sequence[str]) -> list[Features]:
    messages = [plain(text) for text in texts]
    return [features_of(message, classes_of(message.words)) for message in messages]


def _hold(rows: Any, truth: NDArray[np.bool_], asked: NDArray[np.bool_]) -> None:
    _held.update(rows=rows, truth=truth, asked=asked)


def _line(column: int) -> Line | None:
    among = _held["asked"][:, column]
    told = _held["truth"][among, column]
    if len(set(told)) < 2:
        return None
    line = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.3, random_state=0)
    line.fit(_held["rows"][among], told)
    return line.coef_[0], float(line.intercept_[0])

"""Fitting one linear model for each output and writing it small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from community.bot.meaning import FACETS, TOPICS, Urgency
from community.bot.training.augmenting import variants
from community.bot.training.phrases import Phrase
from community.bot.understanding.concepts import classes_of
from community.bot.understanding.features import features_of
from community.bot.understanding.model import Model
from community.bot.understanding.normalising import plain

OUTPUTS: Final = (
    *(f"t:{topic}" for topic in TOPICS),
    *(f"u:{urgency}" for urgency in Urgency),
    *(f"f:{facet}" for facet in FACETS),
)
STRENGTH: Final = 8.0
"""Inverse of how hard weights are held down."""
LEAST_SEEN: Final = 2
"""Features of fewer phrases are left out."""
MOST_FEATURES: Final = 60_000

Rows: TypeAlias = Any
"""csr_matrix, which has no types."""
Truth = NDArray[np.bool_]


def rows_of(texts: Sequence[str], known: NDArray[np.uint32] | None = None) -> tuple[Rows, NDArray[np.uint32]]:
    """A row for each text, a column for each feature; known: the columns to use, otherwise those seen often enough."""
    found = []
    for text in texts:
        message = plain(text)
        found.append(features_of(message, classes_of(message.words)))
    hashes = np.concatenate([hashes for hashes, _ in found])
    values = np.concatenate([values for _, values in found])
    ends = np.cumsum([0, *(len(hashes) for hashes, _ in found)])
    if known is None:
        names, counts = np.unique(hashes, return_counts=True)
        known = names[counts >= LEAST_SEEN]
    places = np.searchsorted(known, hashes)
    places[places == len(known)] = 0
    kept = known[places] == hashes
    kept_before = np.concatenate([[0], np.cumsum(kept)])
    matrix = csr_matrix(
        (values[kept], places[kept], kept_before[ends]), shape=(len(texts), len(known)), dtype=np.float32
    )
    return matrix, known


def truth_of(phrases: Sequence[Phrase]) -> Truth:
    """phrases x OUTPUTS."""
    said = [
        {f"u:{phrase.urgency}", *(f"t:{topic}" for topic in phrase.topics), *(f"f:{facet}" for facet in phrase.facets)}
        for phrase in phrases
    ]
    return np.array([[output in names for output in OUTPUTS] for names in said])


def typed_otherwise(phrases: Sequence[Phrase], count: int) -> tuple[list[str], list[int]]:
    """(texts, which phrase each is of): every phrase as written and in `count` other ways."""
    texts, of = [], []
    for at, phrase in enumerate(phrases):
        for text in (phrase.text, *variants(phrase.text, count)):
            texts.append(text)
            of.append(at)
    return texts, of


def fit(phrases: Sequence[Phrase], digest: str, *, ways: int = 2) -> Model:
    """The model of these phrases; the same phrases give the same model."""
    texts, of = typed_otherwise(phrases, ways)
    rows, known = rows_of(texts)
    truth = truth_of(phrases)[of]
    weights = np.zeros((rows.shape[1], len(OUTPUTS)), np.float32)
    bias = np.full(len(OUTPUTS), -12.0, np.float32)
    for column in range(len(OUTPUTS)):
        if truth[:, column].any():
            line = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.1, random_state=0)
            line.fit(rows, truth[:, column])
            weights[:, column], bias[column] = line.coef_[0], line.intercept_[0]
    return small(known, weights, bias, digest)


def small(known: NDArray[np.uint32], weights: NDArray[np.float32], bias: NDArray[np.float32], digest: str) -> Model:
    """Only the features that say most, each weight in one of 255 steps."""
    told = np.abs(weights).max(axis=1)
    kept = np.sort(np.argsort(-told, kind="stable")[:MOST_FEATURES])
    step = np.maximum(np.abs(weights[kept]).max(axis=0), 1e-6) / 127
    steps = np.rint(weights[kept] / step).astype(np.int8)
    return Model(OUTPUTS, known[kept], steps, step.astype(np.float32), bias, digest)

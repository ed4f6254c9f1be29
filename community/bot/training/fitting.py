"""Fitting one linear model for each output and one small network for urgency, and writing both small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from community.bot.meaning import ERRANDS, HARMLESS, LEARNED_FACETS, NEEDS, Urgency
from community.bot.training.augmenting import variants
from community.bot.training.phrases import Phrase
from community.bot.training.sharing import Layers, features_of_all, lines_and_layers
from community.bot.understanding.model import Model, Second, Sum

ASKED: Final = tuple(errand for errand in ERRANDS if errand not in ("menu", "start"))
OUTPUTS: Final = (
    "alarm",
    "harm",
    "now",
    *(f"need:{topic}" for topic in NEEDS),
    "need:menu",
    *(f"talk:{topic}" for topic in (*ERRANDS, *HARMLESS)),
    *(f"errand:{topic}" for topic in ASKED),
    *(f"facet:{facet}" for facet in LEARNED_FACETS),
)
"""alarm: an emergency, told from messages without harm. harm: emergency or urgent, told from the rest. now: an
emergency, told from what is urgent. need and facet: told among messages of harm; talk: among those without; errand:
among all."""
LEAST_SEEN: Final = 3
"""Features of fewer texts are left out; each phrase is two, as written and as other thumbs would type it."""
MOST_FEATURES: Final = 70_000
MOST_TOGETHER: Final = 60_000
"""Features the second reader looks at: those seen most often."""
URGENCIES: Final = (Urgency.none, Urgency.urgent, Urgency.emergency)
NEVER: Final = -12.0
"""What an output says that no phrase speaks for."""

Rows: TypeAlias = Any
"""csr_matrix, which has no types."""
Truth = NDArray[np.bool_]


def rows_of(texts: Sequence[str], known: NDArray[np.uint32] | None = None) -> tuple[Rows, NDArray[np.uint32]]:
    """A row for each text, a column for each feature; known: the columns to use, otherwise those seen often enough."""
    found = features_of_all(texts)
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
    """phrases x OUTPUTS: whether it is so."""
    return np.array([[_is(phrase, output) for output in OUTPUTS] for phrase in phrases])


def asked_of(phrases: Sequence[Phrase]) -> Truth:
    """phrases x OUTPUTS: whether a phrase has a say in an output. Each line is drawn between what it must tell
    apart."""
    return np.array([[_has_a_say(phrase, output) for output in OUTPUTS] for phrase in phrases])


def _is(phrase: Phrase, output: str) -> bool:
    kind, _, name = output.partition(":")
    if kind in ("alarm", "now"):
        return phrase.urgency is Urgency.emergency
    if kind == "harm":
        return phrase.urgency is not Urgency.none
    return name in phrase.facets if kind == "facet" else name in phrase.topics


def _has_a_say(phrase: Phrase, output: str) -> bool:
    kind = output.partition(":")[0]
    if kind in ("harm", "errand"):
        return True
    if kind == "alarm":
        return phrase.urgency is not Urgency.urgent
    return (phrase.urgency is Urgency.none) == (kind == "talk")


def typed_otherwise(phrases: Sequence[Phrase], count: int) -> tuple[list[str], list[int]]:
    """(texts, which phrase each is of): every phrase as written and in `count` other ways."""
    texts, of = [], []
    for at, phrase in enumerate(phrases):
        for text in (phrase.text, *variants(phrase.text, count)):
            texts.append(text)
            of.append(at)
    return texts, of


def fit(phrases: Sequence[Phrase], digest: str, *, ways: int = 1) -> Model:
    """The model of these phrases; the same phrases give the same model."""
    texts, of = typed_otherwise(phrases, ways)
    rows, known = rows_of(texts)
    truth, asked = truth_of(phrases)[of], asked_of(phrases)[of]
    told = np.array([URGENCIES.index(phrase.urgency) for phrase in phrases])[of]
    often = np.sort(np.argsort(-np.bincount(rows.indices, minlength=rows.shape[1]), kind="stable")[:MOST_TOGETHER])
    weights = np.zeros((rows.shape[1], len(OUTPUTS)), np.float32)
    bias = np.full(len(OUTPUTS), NEVER, np.float32)
    found, layers = lines_and_layers(rows, truth, asked, rows[:, often], told)
    for column, line in enumerate(found):
        if line is not None:
            weights[:, column], bias[column] = line
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:MOST_FEATURES])
    return Model(OUTPUTS, small(known[kept], weights[kept], bias), second_of(known[often], layers), digest)


def second_of(known: NDArray[np.uint32], layers: Layers | None) -> Second | None:
    """What was learned of features together."""
    if layers is None:
        return None
    (hidden, out), (hidden_bias, out_bias) = layers
    return Second(small(known, hidden, hidden_bias), out.astype(np.float32), out_bias.astype(np.float32))


def small(known: NDArray[np.uint32], weights: NDArray[np.float32], bias: NDArray[np.float32]) -> Sum:
    """Each weight in one of 255 steps."""
    step = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    return Sum(known, np.rint(weights / step).astype(np.int8), step.astype(np.float32), bias.astype(np.float32))

"""A wave with its questionnaire, as plain values: what is asked, since when, and how it is counted."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from community.surveys.loading import from_definition
from community.surveys.questionnaire import Kind, Questionnaire
from community.surveys.tallies import Key, Snapshot, contributions


@dataclass(frozen=True)
class Counting:
    """How a questionnaire's answers are counted; see `tallies.contributions`."""

    attributes: dict[str, str]
    several: frozenset[str]
    missing: dict[str, frozenset[str]]

    def count(self, snapshot: Snapshot | None) -> Counter[Key]:
        return contributions(snapshot, attributes=self.attributes, several=self.several, missing=self.missing)


@dataclass(frozen=True)
class Fielding:
    """One wave of a survey. opens_on, closes_on: London days, both included; no end when None. is_stopped: it asks
    nobody else."""

    wave_id: int
    survey: str
    number: int
    title: str
    version: int
    opens_on: date
    closes_on: date | None
    questionnaire: Questionnaire
    counting: Counting
    is_stopped: bool = False

    def takes_answers(self, on: date) -> bool:
        """Whether people may begin to answer on a day."""
        return self.is_open(on) and not self.is_stopped

    def is_open(self, on: date) -> bool:
        """Whether a day is one of the wave's."""
        return self.opens_on <= on and (self.closes_on is None or on <= self.closes_on)


def counting_of(questionnaire: Questionnaire) -> Counting:
    questions = questionnaire.questions
    return Counting(
        attributes={q.key: q.attribute for q in questions if q.attribute},
        several=frozenset(q.key for q in questions if q.kind is Kind.multiple),
        missing={q.key: frozenset(o.key for o in q.options if o.missing) for q in questions},
    )


@lru_cache(maxsize=64)
def parse(definition: str) -> tuple[Questionnaire, Counting]:
    """A stored definition as a questionnaire; parsed once in each process, since versions never change."""
    questionnaire = from_definition(json.loads(definition))
    return questionnaire, counting_of(questionnaire)

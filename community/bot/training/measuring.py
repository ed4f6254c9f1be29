"""How well a set of messages is understood, in totals only: `python -m community.bot.training.measuring FILE...`.

No message is printed, so that a set which nobody may look at can be measured too."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from community.bot.meaning import NEEDS, Meaning, Urgency
from community.bot.training.phrases import Phrase, read_file
from community.bot.understanding import understand

Told = Sequence[tuple[Phrase, Meaning]]


def totals(told: Told) -> list[tuple[str, int, int]]:
    """(what, how many, of how many), the whole first, then needs, styles and languages."""
    by = {urgency: [(said, meant) for said, meant in told if said.urgency is urgency] for urgency in Urgency}
    harm = [*by[Urgency.emergency], *by[Urgency.urgent]]
    needy = [(said, meant) for said, meant in harm if set(said.topics) & set(NEEDS)]
    found = [
        ("emergencies told as such", *_share(_is(meant, Urgency.emergency) for _, meant in by[Urgency.emergency])),
        ("harmless told as an emergency", *_share(_is(meant, Urgency.emergency) for _, meant in by[Urgency.none])),
        ("harmless told as harm", *_share(not _is(meant, Urgency.none) for _, meant in by[Urgency.none])),
        ("harm told as harm", *_share(not _is(meant, Urgency.none) for _, meant in harm)),
        ("first need is right", *_share(meant.topics[0] in said.topics for said, meant in needy)),
        ("a right need is named or likely", *_share(_names(said, meant) for said, meant in needy)),
        ("errands told", *_share(meant.topics[0] in said.topics for said, meant in by[Urgency.none])),
    ]
    for need in NEEDS:
        among = [(said, meant) for said, meant in needy if need in said.topics]
        found.append((f"need {need}", *_share(need in (*meant.topics, *meant.maybe) for _, meant in among)))
    return [
        *found,
        *_grouped("style", [(said.style, _names(said, meant)) for said, meant in needy]),
        *_grouped("language", [(said.language, _names(said, meant)) for said, meant in needy]),
    ]


def _grouped(kind: str, each: Sequence[tuple[str, bool]]) -> list[tuple[str, int, int]]:
    names = sorted({name for name, _ in each})
    return [(f"{kind} {name}", *_share(is_so for of, is_so in each if of == name)) for name in names]


def _names(said: Phrase, meant: Meaning) -> bool:
    return bool(set(said.topics) & set(NEEDS) & {*meant.topics, *meant.maybe})


def _is(meant: Meaning, urgency: Urgency) -> bool:
    return meant.urgency is urgency


def _share(said: Iterable[bool]) -> tuple[int, int]:
    each = list(said)
    return sum(each), len(each)


def main(paths: Sequence[str]) -> int:
    for path in paths:
        told = [(phrase, understand(phrase.text)) for phrase in read_file(Path(path))]
        print(f"{Path(path).name}: {len(told):,} messages")
        for what, part, whole in totals(told):
            print(f"  {what:<34} {100 * part / max(1, whole):5.1f}%  ({part} of {whole})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

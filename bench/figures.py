"""How figures are said: each with its unit, its target, whether it is met, and what the machine itself can do."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from statistics import median


class Report:
    """Prints figures as they come. as_json: one document a line, for whoever keeps them."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.section = ""
        self.missed: list[str] = []

    def begin(self, section: str, about: str) -> None:
        self.section = section
        if not self.as_json:
            print(f"\n{section}: {about}", flush=True)

    def figure(
        self, name: str, value: float, unit: str = "", *,
        at_most: float | None = None, at_least: float | None = None, limit: str = "", spread: Sequence[float] = (),
        **more: object,
    ) -> None:  # fmt: skip
        """Say a figure. at_most, at_least: its target. limit: what this machine does without us, in words. spread:
        the values of which it is the middle. more: for JSON readers."""
        met = None
        if at_most is not None:
            met = value <= at_most
        elif at_least is not None:
            met = value >= at_least
        if met is False:
            self.missed.append(f"{self.section}: {name}")
        target = f"<= {at_most:g}" if at_most is not None else f">= {at_least:g}" if at_least is not None else ""
        if self.as_json:
            said = {"section": self.section, "figure": name, "value": round(value, 4), "unit": unit}
            extra = {"target": target, "met": met, "limit": limit, "spread": [round(v, 4) for v in spread], **more}
            print(json.dumps({**said, **{k: v for k, v in extra.items() if v not in ("", None, [])}}), flush=True)
            return
        words = f"  {name:<58} {number(value):>9} {unit}"
        if spread:
            words += f" ({number(min(spread))} to {number(max(spread))})"
        if target:
            words += f"; target {target}: {'met' if met else 'MISSED'}"
        print(words + (f"; {limit}" if limit else ""), flush=True)

    def note(self, what: str, **values: object) -> None:
        """Say something that is no figure of ours."""
        if self.as_json:
            print(json.dumps({"section": self.section, "note": what, **values}), flush=True)
        else:
            print(f"  {what}" + "".join(f"  {name} {value}" for name, value in values.items()), flush=True)

    def end(self) -> None:
        if not self.as_json:
            told = "every target met" if not self.missed else "targets missed: " + "; ".join(self.missed)
            print(f"\n{told}", flush=True)
        sys.stdout.flush()


def number(value: float) -> str:
    """A figure in three digits that matter."""
    if value != value:
        return "none"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def middle(values: Sequence[float]) -> float:
    return median(values) if values else float("nan")

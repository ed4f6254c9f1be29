"""What the commands print for people: the same facts as their JSON, in columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from community.insights import made_up
from community.insights.chapter import Chapter
from community.insights.service.missing import MissingTable
from community.insights.service.results import Results
from community.insights.service.verify import Verification
from community.shared.commands import table

HIDDEN = "hidden"
DEMONSTRATION = "This is a demonstration. Every answer here is made up."
CHOSE_TO_ANSWER = "From people who chose to answer: not a sample."


def results(found: Results) -> str:
    """The table under what it stands on."""
    rows = [
        (
            row.group,
            row.option,
            HIDDEN if row.figures.count is None else row.figures.count,
            row.figures.base,
            percent(row.figures.share),
            range_words(row.figures.low, row.figures.high),
            percent(row.figures.share_unflagged),
        )
        for row in found.rows
    ]
    days = f"{found.first} to {found.last}" if found.first else "no day yet"
    where = ", ".join(found.places) or "no place"
    wording = found.wording.replace("{place}", "the place")
    asked = f"{found.question}; {found.survey}, wave {found.wave}, version {found.version}"
    return "\n".join(
        [
            f"{wording}   ({asked})",
            f"{days}; {where}; flagged: {found.flagged}",
            "",
            table(rows, headings=(found.by or "group", "answer", "people", "of", "share", "95% range", "unflagged")),
            "",
            *foot(found),
        ]
    )


def foot(found: Results) -> list[str]:
    """What no number may be quoted without: whose answers these are, and what is to be known of them."""
    return [*([] if found.all_made_up else [CHOSE_TO_ANSWER]), *found.notes]


def section(chapter: Chapter, files: Iterable[Path]) -> str:
    """The paragraphs under the marks that the files carry, so that none is quoted without; then where the files are."""
    marks = [DEMONSTRATION] * chapter.demo + [f"{chapter.marking}. {chapter.marking_words}"]
    return "\n\n".join([*marks, *chapter.paragraphs, "\n".join(map(str, files))])


def missing(found: MissingTable) -> str:
    """One line for each question."""
    rows = [
        (r.question, r.answered, r.not_asked, r.left, r.skipped, r.prefer_not_to_say, r.dont_know) for r in found.rows
    ]
    headings = ("question", "answered", "not asked", "left", "skipped", "prefer not to say", "don't know")
    said = made_up.note(found.made_up, found.responses, noun="response")
    counted = f"{found.survey}, wave {found.wave}: {found.responses} responses"
    return "\n\n".join([counted, table(rows, headings=headings), *([said] if said else [])])


def verification(found: Verification) -> str:
    """One sentence, and the first differences."""
    if not found.differing:
        return f"{found.keys} tallies compared with the stored answers: all agree."
    rows = [
        (d.wave_id, d.attribute, d.question, d.place_id, d.day, d.option, d.group, d.flagged, d.recounted, d.tallied)
        for d in found.first
    ]
    headings = ("wave", "attribute", "question", "place", "day", "answer", "group", "flagged", "recounted", "tallied")
    said = f"{found.differing} of {found.keys} tallies differ from the stored answers. The first:"
    return f"{said}\n\n{table(rows, headings=headings)}"


def percent(share: float | None) -> str:
    """ "34.3%", or a dash where there is none."""
    return "–" if share is None else f"{share:.1%}"


def range_words(low: float | None, high: float | None) -> str:
    """ "23.1% to 47.5%", or a dash."""
    return "–" if low is None or high is None else f"{low:.1%} to {high:.1%}"

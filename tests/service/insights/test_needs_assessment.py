"""The seeds' first month comes back out as its own paragraph, exactly and in the form for everyone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from community.insights.service.gathering import NothingToSay
from community.insights.service.needs_assessment import CannotWrite, Written, markdown, write
from community.insights.service.rollup import roll_up
from community.insights.service.selection import BadDates
from community.surveys.fielding import Fielding
from community.surveys.service import waves
from tests.rig.pages import Page
from tests.service.insights.world import TODAY, World

FIRST, LAST = date(2023, 11, 1), date(2023, 11, 30)
NOT_ON_PAPER = (
    "safe_here", "safe_day", "safe_dark", "why", "help", "gender", "ethnicity", "disability", "connection",
)  # fmt: skip


def fielded(title: str = "First month", opens: date = FIRST, closes: date = LAST) -> Fielding:
    return waves.fielding(waves.open_wave("safety", title=title, opens_on=opens, closes_on=closes).id)


@pytest.fixture
def first_month(world: World) -> World:
    """223 people: 112 aged 13 to 17, 49 aged 18 to 21; 178 not safe; 198 robbed or knowing someone, 79 the former."""
    wave = fielded()
    for i in range(223):
        age = ("13-17", "18-21", "25-34")[0 if i < 112 else 1 if i < 161 else 2]
        robbed = "me" if i < 60 else "both" if i < 79 else "someone_i_know" if i < 198 else "neither"
        world.respond(
            {
                "safe_in_borough": "no" if i < 178 else "yes", "age": age, "robbed": robbed,
                **dict.fromkeys(NOT_ON_PAPER, "_not_asked"),
            },
            place=world.station, on=date(2023, 11, 1 + i % 30), channel="import", fielding=wave,
        )  # fmt: skip
    return world


def written(out: Path, *, released: bool = False, first: date = FIRST, last: date = LAST) -> Written:
    return write(first, last, out, released=released)


def test_the_first_month_is_its_own_paragraph(first_month: World, tmp_path: Path) -> None:
    done = written(tmp_path)
    assert done.chapter.paragraphs[0] == (
        "From 1 November 2023 to 30 November 2023, 223 people told us whether they feel safe in the borough. "
        "50% were aged 13 to 17 and 22% were aged 18 to 21. "
        "Overall, 80% (74 to 85) did not feel safe in the borough. "
        "89% (84 to 92) had been robbed in the borough or knew someone who had been; "
        "35% (29 to 42) said it had happened to them."
    )
    assert done.chapter.marking == "Exact figures: not for publication"


def test_the_released_form_is_rounded(first_month: World, tmp_path: Path) -> None:
    done = written(tmp_path, released=True)
    assert done.chapter.paragraphs[0] == (
        "From 1 November 2023 to 30 November 2023, 225 people told us whether they feel safe in the borough. "
        "49% were aged 13 to 17 and 22% were aged 18 to 21. "
        "Overall, 80% (74 to 85) did not feel safe in the borough. "
        "89% (84 to 92) had been robbed in the borough or knew someone who had been; "
        "36% (30 to 42) said it had happened to them."
    )
    for file in done.files:
        words = file.read_text()
        assert "not for publication" not in words
        for exact in ("223 p", "178", "112", "198", " 49 ", ">49<", "| 49 |"):
            assert exact not in words.replace("223 people |", "").replace("<td>223 people</td>", "")


def test_month_rows_change_nothing(first_month: World, tmp_path: Path) -> None:
    before = [file.read_bytes() for file in written(tmp_path / "before").files]
    roll_up(TODAY)
    after = [file.read_bytes() for file in written(tmp_path / "after").files]
    again = [file.read_bytes() for file in written(tmp_path / "after").files]
    assert before == after == again


@pytest.mark.parametrize("released", [False, True])
def test_the_page_is_one_accessible_page_and_the_markdown_says_the_same(
    first_month: World, tmp_path: Path, released: bool
) -> None:
    done = written(tmp_path, released=released)
    html, md = (file.read_text() for file in done.files)
    page = Page(html)
    assert [fault for fault in page.faults() if "style" not in fault] == []
    assert page.h1 == "Community Voice: how safe people feel"
    assert page.title.startswith(page.h1)
    assert page.lang == "en"
    assert not re.search(r"(src|href)=", html)
    for paragraph in (*done.chapter.paragraphs, *done.chapter.caveats, done.chapter.left_out):
        assert paragraph in page.text
        assert markdown(paragraph) in md
    for table in page.all("table"):
        assert len(list(table.all("caption"))) == 1
        assert all(cell.get("scope") in ("col", "row") for cell in table.all("th"))
    assert "@media print" in html


def test_every_figure_carries_what_it_stands_on(first_month: World, tmp_path: Path) -> None:
    first_month.respond(
        {"safe_in_borough": "no"}, flags=1, on=FIRST, channel="web", place=first_month.park,
        fielding=waves.find("safety", 2),
    )  # fmt: skip
    first_month.respond({"safe_in_borough": "prefer_not_to_say"}, on=FIRST, fielding=waves.find("safety", 2))
    done = written(tmp_path)
    (figure,) = [one for one in done.chapter.figures if one.key == "safe_in_borough"]
    assert figure.wording == "Do you feel safe in the borough?"
    assert figure.asked_in == ("wave 2 (First month), version 1, 1 November 2023 to 30 November 2023",)
    assert (figure.base, figure.flagged) == ("224 people gave an answer.", "Flagged: 1.")
    assert figure.places == "Places: Abbey Green, Barking Station."
    assert figure.missing == (
        ("Not asked", "0"), ("Left before this question", "0"), ("Skipped", "0"), ("Prefer not to say", "1"),
    )  # fmt: skip
    _, no = figure.lines
    assert (no.label, no.count, no.share, no.range, no.unflagged) == ("No", "179", "80%", "74% to 85%", "80%")
    (robbed,) = [one for one in done.chapter.figures if one.key == "robbed"]
    assert dict(robbed.missing)["Left before this question"] == "2"


def test_a_question_without_answers_is_said_to_be_not_asked(first_month: World, tmp_path: Path) -> None:
    done = written(tmp_path)
    assert done.chapter.paragraphs[1] == "“Do you feel safe here, at [the place]?” was not asked."
    assert done.chapter.ranking_words == "What would help people feel safer was not asked."
    html, _ = (file.read_text() for file in done.files)
    assert "“What would help you feel safer?” was not asked in these days (not asked 223; left" in html
    assert {one.key for one in done.chapter.figures} == {"age", "safe_in_borough", "robbed"}


def test_a_question_that_all_skipped_was_asked(first_month: World, tmp_path: Path) -> None:
    first_month.respond({"safe_in_borough": "no", "help": "_skipped"}, on=FIRST, fielding=waves.find("safety", 2))
    assert "was asked, and nobody gave an answer" in written(tmp_path).chapter.ranking_words


def test_the_borough_and_the_place_are_never_added_up(first_month: World, tmp_path: Path) -> None:
    first_month.respond({"safe_here": "very_unsafe"}, on=FIRST, fielding=waves.find("safety", 2), times=50)
    done = written(tmp_path)
    assert "223 people told us whether they feel safe in the borough" in done.chapter.paragraphs[0]
    assert "100% (93 to 100) felt fairly or very unsafe there (50 people answered)" in done.chapter.paragraphs[1]


def test_waves_in_the_same_words_are_added_up_and_other_days_are_left(first_month: World, tmp_path: Path) -> None:
    later = fielded("Spring", date(2024, 3, 1), date(2024, 3, 31))
    first_month.respond({"safe_in_borough": "yes"}, on=date(2024, 3, 2), fielding=later, times=77)
    assert "223 people" in written(tmp_path).chapter.paragraphs[0]
    both = written(tmp_path, last=date(2024, 12, 31))
    assert "300 people told us" in both.chapter.paragraphs[0]
    assert "Of the 223 people who gave their age, 50% were aged 13 to 17" in both.chapter.paragraphs[0]
    (figure,) = [one for one in both.chapter.figures if one.key == "safe_in_borough"]
    assert [words[:6] for words in figure.asked_in] == ["wave 2", "wave 3"]


def test_13_to_17_is_both_halves_and_those_who_were_never_split(first_month: World, tmp_path: Path) -> None:
    wave = waves.find("safety", 2)
    first_month.respond({"safe_in_borough": "no", "age": "13-15"}, on=FIRST, fielding=wave, times=30)
    first_month.respond({"safe_in_borough": "no", "age": "16-17"}, on=FIRST, fielding=wave, times=20)
    (figure,) = [one for one in written(tmp_path).chapter.figures if one.key == "age"]
    assert [(line.label, line.count) for line in figure.lines][:2] == [("13 to 17", "162"), ("18 to 21", "49")]


def test_what_would_help_is_ranked_and_said_to_be_chosen_from_a_list(first_month: World, tmp_path: Path) -> None:
    wave = waves.find("safety", 2)
    for help, n in ((["lighting", "cctv"], 30), (["lighting"], 10), (["nothing"], 3), (["activities"], 31)):
        first_month.respond({"safe_in_borough": "no", "help": help}, on=FIRST, fielding=wave, times=n)
    exact = written(tmp_path).chapter
    assert "chosen from a list" in exact.ranking_words
    assert [row[:2] for row in exact.ranking[:4]] == [
        (1, "Better lighting"), (2, "More going on here"), (3, "More CCTV cameras"), (4, "Nothing would"),
    ]  # fmt: skip
    assert exact.ranking[0][2] == "54% (43 to 65): 40 of 74"
    released = written(tmp_path, released=True).chapter
    ranks = {label: (rank, share) for rank, label, share in released.ranking}
    assert ranks["More going on here"][0] == ranks["More CCTV cameras"][0] == 2  # 31 and 30 are both printed as 30
    assert ranks["Nothing would"] == (None, "fewer than 10")
    assert ranks["More patrols at crime spots and on transport"][0] is None


def test_the_released_form_leaves_flagged_and_made_up_answers_out_and_says_how_many(
    first_month: World, tmp_path: Path
) -> None:
    wave = waves.find("safety", 2)
    first_month.respond({"safe_in_borough": "yes", "robbed": "_skipped"}, on=FIRST, fielding=wave, flags=1, times=40)
    first_month.respond(
        {"safe_in_borough": "yes", "robbed": "_skipped"}, on=FIRST, fielding=wave, channel="demo", times=60
    )
    released = written(tmp_path, released=True).chapter
    assert "225 people told us" in released.paragraphs[0]
    assert "Left out: 40 flagged responses" in released.left_out
    assert "and 60 demonstration responses" in released.left_out
    (robbed,) = [one for one in released.figures if one.key == "robbed"]
    assert dict(robbed.missing) == {
        "Not asked": "0", "Left before this question": "0", "Skipped": "0", "Prefer not to say": "0",
    }  # fmt: skip
    exact = written(tmp_path).chapter
    assert "263 people told us" in exact.paragraphs[0]
    assert exact.left_out.endswith("Left out: 60 demonstration responses.")
    (robbed,) = [one for one in exact.figures if one.key == "robbed"]
    assert dict(robbed.missing)["Skipped"] == "40"


def test_with_nothing_but_made_up_answers_the_page_says_so(world: World, tmp_path: Path) -> None:
    world.respond({"safe_here": "very_unsafe", "age": "_skipped"}, channel="demo", times=40)
    done = written(tmp_path, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert done.chapter.demo
    assert all("This is a demonstration" in file.read_text() for file in done.files)
    (age,) = [one for one in done.chapter.no_figures if one.key == "age"]
    assert (age.why, dict(age.missing)["Skipped"]) == ("was asked, and nobody gave an answer", "40")
    with pytest.raises(NothingToSay, match="never released"):
        written(tmp_path, first=date(2026, 11, 1), last=date(2026, 11, 30), released=True)


def test_few_answers_make_no_released_percentage(world: World, tmp_path: Path) -> None:
    world.respond({"safe_in_borough": "no", "age": "16-17", "robbed": "me"}, times=29)
    released = written(tmp_path, first=date(2026, 11, 1), last=date(2026, 11, 30), released=True)
    assert "too few people answered to say what share" in released.chapter.paragraphs[0]
    assert "%" not in released.chapter.paragraphs[0]


def test_nobody_reads_that_everyone_was_robbed(world: World, tmp_path: Path) -> None:
    world.respond({"safe_in_borough": "no", "robbed": "me"}, times=50)
    done = written(tmp_path, first=date(2026, 11, 1), last=date(2026, 11, 30), released=True)
    (robbed,) = [one for one in done.chapter.figures if one.key == "robbed"]
    assert {line.count for line in robbed.lines} == {"not shown"}
    assert "robbed" in done.chapter.paragraphs[0]
    assert "100% (91 to 100) had been" not in done.chapter.paragraphs[0]


def test_the_printed_figures_stand_beside_ours(first_month: World, tmp_path: Path) -> None:
    rows = {row.says: row for row in written(tmp_path).chapter.comparisons}
    robbed = rows["had been robbed or knew someone who had been"]
    assert (robbed.then, robbed.now) == ("89%, base not stated", "89% (84 to 92) of 223")
    assert "does not say how many" in robbed.caution
    assert rows["did not feel safe in the borough"].then == "80% of 223"
    assert rows["felt safe outside in their area by day"].now == "not asked"


def test_days_without_answers_are_refused_with_the_days_there_are(first_month: World, tmp_path: Path) -> None:
    with pytest.raises(NothingToSay, match="It has answers from 2023-11-01 to 2023-11-30"):
        written(tmp_path / "out", first=date(2020, 1, 1), last=date(2020, 12, 31))
    assert not (tmp_path / "out").exists()
    with pytest.raises(BadDates, match="change them round"):
        written(tmp_path, first=LAST, last=FIRST)


def test_a_file_in_the_way_is_said_plainly(first_month: World, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotWrite, match="Choose another folder"):
        written(tmp_path / "taken")


def test_who_left_before_a_question_is_not_said_not_to_have_been_asked(world: World, tmp_path: Path) -> None:
    world.respond({"safe_here": "very_unsafe"})
    done = written(tmp_path, first=date(2026, 11, 1), last=date(2026, 11, 30)).chapter
    left = "has no answers: everyone left before it"
    assert f"“Do you feel safe in the borough?” {left}." in done.paragraphs[0]
    assert done.paragraphs[2] == f"How safe people feel outside by day and after dark {left}."
    assert done.ranking_words == f"What would help people feel safer {left}."
    assert {one.why for one in done.no_figures} == {left}
    now = {row.says: row.now for row in done.comparisons}
    assert now["felt safe outside in their area by day"] == now["did not feel safe in the borough"] == (
        "everyone left before it"
    )  # fmt: skip


def test_some_not_asked_and_others_gone_are_told_apart_from_those_who_said_nothing(
    first_month: World, tmp_path: Path
) -> None:
    wave = waves.find("safety", 2)
    first_month.respond({"safe_in_borough": "no"}, on=FIRST, fielding=wave, times=2)
    first_month.respond({"safe_in_borough": "no", "safe_day": "_skipped"}, on=FIRST, fielding=wave)
    done = written(tmp_path).chapter
    why = {one.key: one.why for one in done.no_figures}
    assert why["help"] == "has no answers: some were not asked, and the others left before it"
    assert why["safe_day"] == "was asked, and nobody gave an answer"
    now = {row.says: row.now for row in done.comparisons}
    assert now["felt safe outside in their area by day"] == "nobody gave an answer"

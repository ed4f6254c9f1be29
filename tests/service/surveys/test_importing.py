"""`responses import`: what a file of older answers becomes in the tables, and that a bad one becomes nothing."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from community.config import ROOT
from community.extensions import db
from community.places.service.facts import load_facts
from community.surveys.importing import bringing_in
from community.surveys.importing.mapping import Mapping
from community.surveys.importing.planning import Plan, plan
from community.surveys.importing.reading import read
from community.surveys.models import Answer, Comment, ImportedFile, Response, Rollup, Survey, Tally, Wave
from community.surveys.queries import snapshot
from community.surveys.service import waves
from community.surveys.service.retention import forget
from community.surveys.shipped import publish_shipped
from community.surveys.tallies import Key
from tests.factories.places import PlaceFactory
from tests.fixtures.make_first_month import FILE as FIRST_MONTH
from tests.rig.client import Runner

TODAY = date(2024, 1, 15)
GOOD = "date,age,safe_in_borough,robbed\n2023-11-03,13-17,no,both\n2023-11-04,18-21,yes,neither\n"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def session(db_session: scoped_session[Session]) -> scoped_session[Session]:
    """A database with the shipped questionnaires, no wave and one place."""
    publish_shipped(on=TODAY)
    PlaceFactory(slug="barking-station", name="Barking Station", external_id="stn_barking")
    return db_session


@pytest.fixture
def bring_in(session: object, runner: Runner, tmp_path: Path) -> BringIn:
    return BringIn(runner, tmp_path)


class BringIn:
    """Writes a file and brings it in: `bring_in(text, "--dry-run")` gives the document, `.refused` the words too."""

    def __init__(self, runner: Runner, folder: Path) -> None:
        self.runner = runner
        self.folder = folder

    def file(self, content: str | bytes, name: str = "forms.csv") -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def __call__(self, content: str | bytes, *options: str) -> dict[str, object]:
        found = self.runner.json("responses", "import", self.file(content), *options)
        assert isinstance(found, dict)
        return found

    def refused(self, content: str | bytes, *options: str) -> tuple[dict[str, object], str]:
        result = self.runner("responses", "import", self.file(content), *options, "--json", status=1)
        return json.loads(result.stdout), result.stderr


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def stored() -> tuple[int, ...]:
    return tuple(count(model) for model in (Response, Answer, Comment, Tally, ImportedFile, Wave))


def chosen(question: str) -> dict[str, int]:
    counts = select(Answer.option, func.count()).where(Answer.question == question).group_by(Answer.option)
    return dict(map(tuple, db.session.execute(counts)))


def tallied(question: str, attribute: str) -> dict[tuple[str, str], int]:
    """(option, group) -> count, over places and days."""
    rows = db.session.execute(
        select(Tally.option, Tally.grp, func.sum(Tally.n))
        .where(Tally.question == question, Tally.attribute == attribute, Tally.span == "D")
        .group_by(Tally.option, Tally.grp)
    )
    return {(option, group): n for option, group, n in rows}


def tally_keys(span: str = "D") -> Counter[Key]:
    found: Counter[Key] = Counter()
    for row in db.session.scalars(select(Tally).where(Tally.span == span)):
        key = Key(row.wave_id, row.attribute, row.question, row.place_id, row.day, row.option, row.grp, row.flagged)
        found[key] += row.n
    return found


def recounted() -> Counter[Key]:
    """The tallies as the raw rows have them."""
    found: Counter[Key] = Counter()
    for response_id in db.session.scalars(select(Response.id)):
        row = snapshot(response_id)
        assert row is not None
        found += waves.fielding(row.wave_id).counting.count(row)
    return found


def test_the_first_month_comes_back_out_as_it_was_published(bring_in: BringIn) -> None:
    load_facts()
    document = bring_in.runner.json("responses", "import", str(FIRST_MONTH))
    assert {key: document[key] for key in ("file", "survey", "wave", "stored", "already", "errors", "dry_run")} == {
        "file": "first_month.csv", "survey": "safety", "wave": 1, "stored": 223, "already": None, "errors": [],
        "dry_run": False,
    }  # fmt: skip
    assert count(Response) == 223
    assert chosen("safe_in_borough") == {"no": 178, "yes": 45}
    assert chosen("safe_here") == {"_not_asked": 223}
    ages = chosen("age")
    assert (ages["13-17"], ages["18-21"], sum(ages.values())) == (111, 49, 223)
    robbed = chosen("robbed")
    assert 223 - robbed["neither"] == 198
    assert sum(n for (option, _), n in tallied("safe_in_borough", "channel").items() if option == "no") == 178
    assert sum(tallied("safe_in_borough", "age").values()) == 223
    assert tallied("safe_in_borough", "daypart") == {("no", ""): 178, ("yes", ""): 45}
    assert tally_keys() == recounted()


def test_a_file_no_wave_holds_makes_a_closed_wave_that_spans_it(bring_in: BringIn) -> None:
    waves.open_wave("safety", title="Now", opens_on=date(2024, 1, 1))
    document = bring_in(GOOD)
    assert (document["wave"], document["new_wave"], document["from"], document["to"]) == (
        2, True, "2023-11-03", "2023-11-04",
    )  # fmt: skip
    made = waves.find("safety", 2)
    assert (made.opens_on, made.closes_on) == (date(2023, 11, 3), date(2023, 11, 4))
    assert made.title == "Brought in from forms.csv"
    now = waves.open_fielding("safety", TODAY)
    assert now is not None
    assert now.number == 1


def test_a_stored_response_holds_what_the_file_says_and_nothing_more(bring_in: BringIn) -> None:
    text = "date,time,place,language,age,safe_in_borough\n03/11/2023,16:42:07,stn_barking,ro,18-21,No\n"
    bring_in(text, "--channel", "paper")
    row = db.session.scalars(select(Response)).one()
    assert (row.answered_on, row.daypart, row.channel, row.language) == (date(2023, 11, 3), "15-19", "paper", "ro")
    assert (row.poster_id, row.flags, len(row.id)) == (None, 0, 16)
    place = db.session.get_one(Response, row.id).place_id
    assert place is not None
    assert chosen("safe_in_borough") == {"no": 1}


def test_the_same_file_twice_is_stored_once(bring_in: BringIn) -> None:
    bring_in(GOOD)
    before = stored()
    with time_machine.travel(date(2024, 2, 1)):
        again = bring_in(GOOD)
        other_line_ends = bring_in(GOOD.replace("\n", "\r\n"), "--wave", "new")
    assert (again["stored"], again["already"], again["wave"]) == (0, "2024-01-15", 1)
    assert other_line_ends["already"] == "2024-01-15"
    assert stored() == before


def test_a_race_for_the_same_file_stores_it_once(bring_in: BringIn, session: scoped_session[Session]) -> None:
    first, second = _plan(GOOD), _plan(GOOD)
    bringing_in.store(first, channel="import", secret_key="k" * 32, today=TODAY)
    before = stored()
    with pytest.raises(bringing_in.BroughtInMeanwhile) as caught:
        bringing_in.store(second, channel="import", secret_key="k" * 32, today=TODAY)
    assert caught.value.earlier == bringing_in.Earlier(TODAY, "safety", 1)
    session.commit()
    assert stored() == before


def test_ids_hang_on_the_secret_and_say_nothing_of_the_order(session: scoped_session[Session]) -> None:
    text = "date,safe_in_borough\n" + "2023-11-03,no\n" * 40 + "2023-11-03,yes\n" * 40
    ids = []
    session.commit()
    for key in ("k" * 32, "l" * 32):
        bringing_in.store(_plan(text), channel="import", secret_key=key, today=TODAY)
        ids.append(set(db.session.scalars(select(Response.id)).all()))
        said_no = db.session.scalars(
            select(Answer.response_id).where(Answer.option == "no").order_by(Answer.response_id)
        ).all()
        assert len(said_no) == 40
        assert max(said_no) > min(ids[-1] - set(said_no))
        session.rollback()
    assert len(ids[0]) == 80
    assert ids[0].isdisjoint(ids[1])


def test_a_dry_run_says_what_would_be_stored_and_stores_nothing(bring_in: BringIn) -> None:
    before = stored()
    document = bring_in(GOOD, "--dry-run")
    assert (document["stored"], document["rows"], document["wave"], document["dry_run"]) == (0, 2, 1, True)
    assert "safe_here" in document["not_asked"]  # type: ignore[operator]
    text = bring_in.runner("responses", "import", bring_in.file(GOOD), "--dry-run").stdout
    assert "2 responses would be stored in wave 1 of safety, which is new: 2023-11-03 to 2023-11-04" in text
    assert stored() == before
    assert bring_in(GOOD)["stored"] == 2


def test_a_dry_run_finds_every_fault(bring_in: BringIn) -> None:
    document, _ = bring_in.refused("date,robbed\nsoon,me\n2023-11-03,mee\n", "--dry-run")
    assert document["error_count"] == 2


def test_one_bad_row_keeps_the_whole_file_out_and_every_fault_is_told(bring_in: BringIn) -> None:
    before = stored()
    document, words = bring_in.refused(GOOD + "2023-11-05,teen,no,me\n2023-11-06,18-21,perhaps,me\n")
    assert document["stored"] == 0
    assert document["errors"] == [
        {
            "line": 4, "column": "age", "message": "'teen' is none of the answers to age",
            "fix": "write one of under_13, 13-15, 16-17, 18-21, 22-24, 25-34, 35-44, 45-54, 55-64, 65+, "
                   "prefer_not_to_say",
        },
        {
            "line": 5, "column": "safe_in_borough", "message": "'perhaps' is none of the answers to safe_in_borough",
            "fix": "write one of yes, no, prefer_not_to_say",
        },
    ]  # fmt: skip
    assert "forms.csv" in words
    assert "line 5, column 'safe_in_borough'" in words
    assert stored() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD + '2023-11-05,18-21,"=HYPERLINK(""http://x"",""y"")",me\n', "is none of the answers"),
        (GOOD + "2023-11-05,18-21,+cmd|' /C calc'!A0,me\n", "is none of the answers"),
        (GOOD + "2023-11-05,18-21,<img src=x onerror=alert(1)>,me\n", "is none of the answers"),
        (GOOD + f"2023-11-05,18-21,{'x' * 10_000},me\n", "10,000 characters"),
        (GOOD.encode() + b"2023-11-05,18-21,no\0,me\n", "NUL"),
        (GOOD + '2023-11-05,18-21,"no,me\n', "double quote"),
        (GOOD + "2023-11-05,18-21,no\n", "the row has 3 cells"),
        (GOOD + "2023-11-05,18-21,no,me,\n", "the row has 5 cells"),
        (GOOD.replace("robbed", "age", 1), "stands twice"),
        (GOOD.replace(",", ";"), "semicolons"),
        ("", "the file is empty"),
        (GOOD.partition("\n")[0] + "\n", "no rows"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD + "2023-11-05,under_13,no,me\n", "under 13 are not kept"),
        (GOOD + "2024-01-16,18-21,no,me\n", "after today"),
        (GOOD.replace("robbed", "robed"), "did you mean 'robbed'?"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(
    bring_in: BringIn, content: str | bytes, said: str
) -> None:
    before = stored()
    document, words = bring_in.refused(content)
    assert said in words
    assert document["errors"]
    assert stored() == before


def test_more_than_we_read_is_refused(bring_in: BringIn) -> None:
    _, words = bring_in.refused(b"date,robbed\n" + b" " * 20_000_001)
    assert "larger than 20 MB" in words


def test_a_missing_file_is_refused_in_words(bring_in: BringIn) -> None:
    result = bring_in.runner("responses", "import", str(bring_in.folder / "none.csv"), status=1)
    assert "cannot be read" in result.stderr
    assert "Check the name" in result.stderr


def test_an_unknown_survey_is_refused_with_those_there_are(bring_in: BringIn) -> None:
    _, words = bring_in.refused(GOOD, "--survey", "saftey")
    assert "no survey called 'saftey'" in words


def test_paper_forms_of_a_wave_go_to_the_wave_whose_dates_hold_them(bring_in: BringIn) -> None:
    waves.open_wave("safety", title="Autumn", opens_on=date(2023, 11, 1), closes_on=date(2023, 11, 30))
    waves.open_wave("safety", title="Winter", opens_on=date(2023, 12, 1))
    document = bring_in(GOOD, "--channel", "paper")
    assert (document["wave"], document["new_wave"]) == (1, False)
    assert count(Wave) == 2


def test_when_two_waves_hold_the_dates_the_command_asks_which(bring_in: BringIn) -> None:
    for title in ("One", "Two"):
        waves.open_wave("safety", title=title, opens_on=date(2023, 11, 1))
    _, words = bring_in.refused(GOOD)
    assert "Waves 1 and 2 of safety both hold these dates" in words
    assert bring_in(GOOD, "--wave", "2")["wave"] == 2


def test_a_wave_takes_no_row_from_outside_its_dates(bring_in: BringIn) -> None:
    waves.open_wave("safety", title="Autumn", opens_on=date(2023, 11, 1), closes_on=date(2023, 11, 3))
    document, words = bring_in.refused(GOOD, "--wave", "1")
    assert document["error_count"] == 1
    assert "line 3, column 'date': 2023-11-04 is not in the wave, which runs from 2023-11-01 to 2023-11-03" in words


def test_there_is_no_wave_nine(bring_in: BringIn) -> None:
    assert "safety has no wave '9'" in bring_in.refused(GOOD, "--wave", "9")[1]


def test_a_new_wave_may_not_still_be_running(bring_in: BringIn) -> None:
    _, words = bring_in.refused(GOOD.replace("2023-11-04", TODAY.isoformat()))
    assert "must be over" in words


def test_the_questions_of_the_wave_are_the_ones_that_count(bring_in: BringIn) -> None:
    document = bring_in("date,know_robbed\n2023-11-03,Yes\n", "--survey", "robbery")
    assert document["stored"] == 1
    assert chosen("know_robbed") == {"yes": 1}
    assert db.session.scalars(select(Survey.slug).join(Wave)).all() == ["robbery"]


def test_tallies_move_with_an_import_beside_answers_that_stand(bring_in: BringIn) -> None:
    bring_in(GOOD)
    bring_in(GOOD.replace("2023-11-04", "2023-11-03"), "--wave", "1")
    assert count(Response) == 4
    assert count(ImportedFile) == 2
    assert tally_keys() == recounted()
    assert tallied("robbed", "age") == {("both", "13-17"): 2, ("neither", "18-21"): 2}


def test_an_import_into_a_month_that_is_rolled_up_moves_the_month_too(bring_in: BringIn) -> None:
    db.session.add(Rollup(id=1, closed_before=date(2023, 12, 1)))
    bring_in(GOOD)
    months: Counter[Key] = Counter()
    for key, n in recounted().items():
        months[key._replace(day=date(2023, 11, 1))] += n
    assert tally_keys("M") == months


def test_words_are_kept_masked_and_lines_that_tell_of_harm_are_named(bring_in: BringIn) -> None:
    text = "date,age,help_comment\n2023-11-03,18-21,Ring me on 07700 900123\n2023-11-03,18-21,I want to kill myself\n"
    result = bring_in.runner("responses", "import", bring_in.file(text))
    assert "written on line 3 reads as if somebody may be in danger" in result.stderr
    assert set(db.session.scalars(select(Comment.masked_text))) == {
        "Ring me on [phone removed]", "I want to kill myself",
    }  # fmt: skip
    assert chosen("help_comment") == {"_written": 2}


def test_a_mapping_beside_the_file_gives_its_words_a_meaning(bring_in: BringIn) -> None:
    theirs = "Submitted;Your age?;Do you feel safe in the borough?;Email\n".replace(";", ",")
    text = theirs + "3 November 2023,Teenager,Not really,a@b.example\n"
    mapping = (
        "columns: {Submitted: date, 'Your age?': age, Email: ignore}\n"
        "values: {age: {Teenager: 13-17}, safe_in_borough: {Not really: no}}\n"
        "date_format: '%d %B %Y'\n"
    )
    bring_in(text, "--mapping", bring_in.file(mapping, "map.yaml"))
    assert (chosen("age"), chosen("safe_in_borough")) == ({"13-17": 1}, {"no": 1})
    _, words = bring_in.refused(text, "--mapping", bring_in.file("colums: {}", "map.yaml"))
    assert "'map.yaml' was not brought in" in words


def test_older_answers_are_kept_24_months_from_the_day_they_were_brought_in(bring_in: BringIn) -> None:
    with time_machine.travel(date(2026, 5, 20)):
        bring_in(GOOD)
    assert forget(date(2028, 5, 1))["response"] == 0
    gone = forget(date(2028, 6, 1))
    assert (gone["response"], gone["tally"] > 0) == (2, True)


def test_files_longer_than_one_slice_are_counted_whole(session: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing_in, "_COUNTED_AT_ONCE", 3)
    monkeypatch.setattr(bringing_in, "_WRITTEN_AT_ONCE", 2)
    rows = [f"2023-11-{n % 9 + 1:02},{('no', 'yes')[n % 2]},{('me', 'neither')[n % 3 == 0]}" for n in range(20)]
    bringing_in.store(
        _plan("\n".join(["date,safe_in_borough,robbed", *rows])), channel="import", secret_key="k" * 32, today=TODAY
    )
    assert chosen("safe_in_borough") == {"no": 10, "yes": 10}
    assert tally_keys() == recounted()


def test_the_example_of_the_how_to_page_works_as_it_says(bring_in: BringIn) -> None:
    load_facts()
    page = (ROOT / "docs" / "how-to" / "bring-older-answers.md").read_text(encoding="utf-8")
    plain_file, their_file = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    (mapping,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert bring_in(plain_file)["stored"] == 3
    assert (chosen("safe_in_borough"), chosen("age")) == ({"no": 2, "yes": 1}, {"13-17": 1, "18-21": 1, "65+": 1})
    assert bring_in(their_file, "--mapping", bring_in.file(mapping, "their-words.yaml"))["stored"] == 2
    assert (chosen("safe_in_borough"), chosen("age")["13-17"]) == ({"no": 3, "yes": 1, "_skipped": 1}, 2)
    assert tally_keys() == recounted()


def test_windows_1252_is_read_with_a_word_of_warning(bring_in: BringIn) -> None:
    PlaceFactory(slug="cafe", name="Café")
    text = "date,place,robbed\n2023-11-03,Café,me\n".encode("cp1252")
    result = bring_in.runner("responses", "import", bring_in.file(text))
    assert "Windows-1252" in result.stderr
    assert "Windows-1252" not in result.stdout


def test_twenty_thousand_rows_take_seconds(session: object) -> None:
    options = ("very_safe", "fairly_unsafe", "very_unsafe")
    lines = ["date,daypart,age,safe_in_borough,safe_day,safe_dark,robbed,gender"]
    for n in range(20_000):
        age = ("13-17", "18-21", "25-34")[n % 3]
        day = f"2023-{9 + n % 3:02}-{1 + n % 28:02}"
        row = (day, f"{n % 24}:15", age, ("no", "yes")[n % 2], options[n % 3], options[n // 3 % 3], "me", "female")
        lines.append(",".join(row))
    began = time.process_time()
    bringing_in.store(_plan("\n".join(lines)), channel="import", secret_key="k" * 32, today=TODAY)
    assert time.process_time() - began < 15  # 2 to 3 on an ordinary machine
    assert count(Response) == 20_000
    assert sum(n for (option, _), n in tallied("safe_in_borough", "channel").items() if option == "no") == 10_000


def test_storing_is_the_callers_to_commit(session: scoped_session[Session]) -> None:
    session.commit()
    bringing_in.store(_plan(GOOD), channel="import", secret_key="k" * 32, today=TODAY)
    assert count(Response) == 2
    session.rollback()
    assert stored() == (0, 0, 0, 0, 0, 0)


def _plan(text: str) -> Plan:
    sheet = read(text.encode(), name="forms.csv")
    return plan(sheet, bringing_in.look_up("safety"), Mapping(), wave=None, today=TODAY, tells_of_harm=lambda _: False)

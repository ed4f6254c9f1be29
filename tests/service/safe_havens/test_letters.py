"""Letters to venues and coordinators: the right words to the right people, and only for what was stored."""

from __future__ import annotations

import re
from datetime import date
from email.message import EmailMessage
from string import Formatter

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.safe_havens.service import letters, links, team_codes
from community.shared.clock import london_today
from tests.factories.safe_havens import AppliedFactory, ContactFactory
from tests.rig.staff import officer

ALWAYS = {
    "name", "reference", "link", "team_page", "team_code", "register_page", "desk", "organisation", "contact",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(letters.letters()))
def test_a_letter_names_no_fact_that_nobody_gives(name: str) -> None:
    letter = letters.letters()[name]
    named = {field for _, field, _, _ in Formatter().parse(letter.subject + letter.body) if field}
    from_venue = {"name", "reference", "link", "team_code"} if letter.to == "venue" else set()
    given = set(letter.facts) | from_venue | (ALWAYS - {"name", "reference", "link", "team_code"})
    assert named <= given
    assert set(letter.facts) <= named, "no fact is asked for and then left out"


@pytest.mark.parametrize("name", sorted(name for name, letter in letters.letters().items() if letter.to == "venue"))
def test_every_letter_to_a_venue_can_be_written(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    haven = AppliedFactory(name="Corner {cafe}")
    ContactFactory(haven_id=haven.id)
    ContactFactory(haven_id=haven.id, role="deputy", email="deputy@venue.example")
    db.session.refresh(haven)
    facts = {"day": date(2026, 8, 3), "reasons": ["no phone", "no sticker"]}
    letters.send(haven, name, **{fact: facts.get(fact, "words") for fact in letters.letters()[name].facts})
    assert capsys.readouterr().err == "", "nothing leaves before the commit"
    db.session.commit()
    sent = capsys.readouterr().err
    assert sent.count("--- email to person@venue.example") == sent.count("--- email to deputy@venue.example") == 1
    assert "None" not in sent
    if "day" in letters.letters()[name].facts:
        assert "3 August 2026" in sent
    if "{link}" in letters.letters()[name].body:
        tokens = re.findall(r"/safe-havens/yours/(\S+)", sent)
        assert {links.haven_of(token, on=london_today()).id for token in tokens} == {haven.id}
        whose = {holder.role for token in tokens if (holder := links.holder(token, haven))}
        assert len(set(tokens)) == 2 and whose == {"contact", "deputy"}, "each has a link of their own"
    if "{team_code}" in letters.letters()[name].body:
        code = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", sent)[0]
        assert team_codes.haven_of(code) is haven


@pytest.mark.parametrize(
    "name", ["=?utf-8?q?=0aBcc:x@y.example?=", "A\nBcc: x@y.example", "A\u2028B\x85C", "{link}{0.__class__}"]
)
def test_a_name_can_put_nothing_into_a_letters_head(
    db_session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    haven = AppliedFactory(name=name)
    ContactFactory(haven_id=haven.id)
    posted: list[tuple[str, str, str]] = []
    monkeypatch.setattr(letters, "post", lambda *letter: posted.append(letter))
    letters.send(haven, "left")
    letter = EmailMessage()
    letter["Subject"] = posted[0][1]
    assert letter.keys() == ["Subject"] and b"\nBcc" not in letter.as_bytes()
    assert "has left the scheme" in str(letter["Subject"]) and "/safe-havens/yours" not in posted[0][1]


def test_what_is_rolled_back_tells_nobody(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    haven = AppliedFactory()
    ContactFactory(haven_id=haven.id)
    letters.send(haven, "left")
    db.session.rollback()
    db.session.commit()
    assert capsys.readouterr().err == ""


def test_a_savepoint_sends_nothing_before_its_time(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    haven = AppliedFactory()
    ContactFactory(haven_id=haven.id)
    letters.send(haven, "left")
    with db.session.begin_nested():
        AppliedFactory()
    assert capsys.readouterr().err == ""
    db.session.commit()
    assert capsys.readouterr().err.count("--- email to") == 1


def test_coordinators_who_may_sign_in_read_what_is_for_them(
    app: Flask, db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    officer(app, "coordinator", email="priya@council.example")
    officer(app, "analyst", email="noise@council.example")
    officer(app, "coordinator", email="gone@council.example").active = False
    letters.to_coordinators("danger_report", name="Corner cafe")
    db.session.commit()
    sent = capsys.readouterr().err
    assert sent.count("--- email to") == 1
    assert "priya@council.example: Danger reported at Corner cafe" in sent


def test_a_letter_to_the_wrong_reader_or_without_its_facts_is_refused(db_session: scoped_session[Session]) -> None:
    haven = AppliedFactory()
    with pytest.raises(ValueError, match="is for coordinators"):
        letters.send(haven, "danger_report", name="x")
    with pytest.raises(ValueError, match="takes"):
        letters.send(haven, "refused")
    with pytest.raises(ValueError, match="takes"):
        letters.to_coordinators("danger_report")


def test_another_version_of_the_code_ends_the_one_before(db_session: scoped_session[Session]) -> None:
    haven, noise = AppliedFactory(), AppliedFactory()
    team_codes.ensure(noise)
    before = team_codes.printed(haven)
    assert before == team_codes.printed(haven), "the staff card can be printed again"
    team_codes.renew(haven)
    assert team_codes.haven_of(before) is None
    assert team_codes.haven_of(f" {team_codes.printed(haven).lower()} ") is haven
    haven.status, haven.left_on = "left", date(2026, 8, 3)
    db.session.flush()
    assert team_codes.haven_of(team_codes.printed(haven)) is None


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-94Q0-AB1U", "7K3M-94Q0-AB1C-7", "É" * 12, "7" * 10_000])
def test_what_is_no_code_opens_nothing(db_session: scoped_session[Session], typed: str) -> None:
    assert team_codes.haven_of(typed) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "a" * 31 + "é", "../" * 10, "a" * 100_000])
def test_what_is_no_link_opens_nothing(db_session: scoped_session[Session], token: str) -> None:
    with pytest.raises(links.LinkOver):
        links.haven_of(token, on=date(2026, 8, 3))


def test_a_link_ends_after_thirty_days(db_session: scoped_session[Session]) -> None:
    haven = AppliedFactory()
    ContactFactory(haven_id=haven.id)
    token = links.new_link(haven, "person@venue.example", on=date(2026, 8, 3))
    assert links.haven_of(token, on=date(2026, 9, 2)) is haven
    with pytest.raises(links.LinkOver):
        links.haven_of(token, on=date(2026, 9, 3))

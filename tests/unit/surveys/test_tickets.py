"""The hidden field that carries a respondent's state: it comes back as it went, or not at all."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.shared.daily_keys import DailyKeys
from community.surveys import tickets
from community.surveys.tickets import BadTicket, Ticket, TicketExpired, response_id, seal, unseal, withdrawal_code
from community.surveys.tickets import code_of as code_typed

DAY = date(2026, 11, 20)
TOMORROW, DAY_AFTER = DAY + timedelta(days=1), DAY + timedelta(days=2)
PEPPER = "a secret of the service"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
"""All that a ticket is written in: it may stand in HTML as it is."""
SHARED_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def fresh(**changed: object) -> Ticket:
    made = tickets.fresh(
        day=DAY, issued_ms=1_795_000_000_000, wave_id=1, poster_id=2, place_id=3, place_name="Barking Station",
        place_slug="barking-station", code="7K3M9QXA", language="ur", screen="here",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def keys(tmp_path: Path) -> DailyKeys:
    return DailyKeys(tmp_path / "keys")


def code_of(ticket: Ticket, keys: DailyKeys, today: date = DAY) -> str:
    return withdrawal_code(ticket, keys, today=today)


def test_a_ticket_comes_back_as_it_went(keys: DailyKeys) -> None:
    for ticket in (fresh(), fresh(poster_id=None, place_id=None, place_name="", place_slug="", code="")):
        assert unseal(seal(ticket, keys, today=DAY), keys, today=DAY) == ticket


@given(st.text(max_size=120), st.sampled_from(["here", "s" * 60]))
@SHARED_FOLDER
def test_no_name_of_a_place_is_too_long_or_too_odd(keys: DailyKeys, name: str, screen: str) -> None:
    ticket = fresh(place_name=name, place_slug="x" * 80, screen=screen, issued_ms=2**53, wave_id=2**31, poster_id=2**31)
    sealed = seal(ticket, keys, today=DAY)
    assert unseal(sealed, keys, today=DAY) == ticket
    assert set(sealed) <= set(LETTERS)


def test_the_longest_name_without_repetition_fits(keys: DailyKeys) -> None:
    name = "".join(chr(0x10000 + 7_919 * n % 0x100000) for n in range(120))
    assert unseal(seal(fresh(place_name=name), keys, today=DAY), keys, today=DAY).place_name == name


@given(st.integers(0, 10_000), st.integers(1, len(LETTERS) - 1))
@SHARED_FOLDER
def test_an_altered_ticket_is_refused(keys: DailyKeys, where: int, shift: int) -> None:
    sealed = seal(fresh(), keys, today=DAY)
    first, last = len("2026-11-20."), len(sealed) - 1  # the last letter has bits that say nothing
    at = first + where % (last - first)
    other = LETTERS[(LETTERS.index(sealed[at]) + shift) % len(LETTERS)]
    with pytest.raises(BadTicket):
        unseal(sealed[:at] + other + sealed[at + 1 :], keys, today=DAY)


@given(st.integers(0, 10_000))
@SHARED_FOLDER
def test_a_part_of_a_ticket_is_refused(keys: DailyKeys, length: int) -> None:
    sealed = seal(fresh(), keys, today=DAY)
    with pytest.raises(BadTicket):
        unseal(sealed[: length % len(sealed)], keys, today=DAY)


@given(st.text(max_size=80) | st.text(max_size=40).map(lambda words: "2026-11-20." + words))
@SHARED_FOLDER
def test_anything_else_is_refused(keys: DailyKeys, words: str) -> None:
    with pytest.raises((BadTicket, TicketExpired)):
        unseal(words, keys, today=DAY)


@pytest.mark.parametrize("words", ["", ".", "2026-11-20", "2026-11-20.", "9999-12-31.x", "0001-01-01.x.y", "x" * 9_999])
def test_scraps_are_refused(keys: DailyKeys, words: str) -> None:
    with pytest.raises((BadTicket, TicketExpired)):
        unseal(words, keys, today=DAY)


def test_the_key_of_another_service_is_refused(keys: DailyKeys, tmp_path: Path) -> None:
    sealed = seal(fresh(), DailyKeys(tmp_path / "elsewhere"), today=DAY)
    with pytest.raises(BadTicket):
        unseal(sealed, keys, today=DAY)


def test_another_day_on_a_good_ticket_is_refused(keys: DailyKeys) -> None:
    sealed = seal(fresh(), keys, today=DAY)
    keys.key(TOMORROW, today=TOMORROW)
    with pytest.raises(BadTicket):
        unseal(sealed.replace("2026-11-20", "2026-11-21"), keys, today=TOMORROW)


def test_a_ticket_of_a_day_to_come_is_refused(keys: DailyKeys) -> None:
    sealed = seal(fresh(day=TOMORROW), keys, today=TOMORROW)
    with pytest.raises(BadTicket):
        unseal(sealed, keys, today=DAY)


def test_a_ticket_lasts_until_the_end_of_the_next_day(keys: DailyKeys) -> None:
    sealed = seal(fresh(), keys, today=DAY)
    assert unseal(sealed, keys, today=TOMORROW) == unseal(sealed, keys, today=DAY)
    with pytest.raises(TicketExpired):
        unseal(sealed, keys, today=DAY_AFTER)


def test_a_ticket_whose_key_was_destroyed_has_expired(keys: DailyKeys) -> None:
    sealed = seal(fresh(), keys, today=DAY)
    keys.destroy_old(DAY_AFTER)
    with pytest.raises(TicketExpired):
        unseal(sealed, DailyKeys(keys.folder), today=TOMORROW)


def test_a_well_signed_list_of_another_shape_is_refused(keys: DailyKeys) -> None:
    for fields in ([], ["nonce"], list(range(14)), {"nonce": 1}, "words", None, 3):
        body = urlsafe_b64encode(json.dumps(fields).encode())
        with pytest.raises(BadTicket):
            unseal(f"2026-11-20.{body.decode()}.{tickets._signature(body, DAY, keys, DAY)}", keys, today=DAY)


def test_one_form_has_one_code_on_every_screen_language_and_day(keys: DailyKeys) -> None:
    ticket = fresh()
    same = {code_of(t, keys) for t in (ticket, ticket.on("age"), replace(ticket, language="en", issued_ms=0))}
    assert same == {code_of(ticket, keys, TOMORROW)} == {code_of(ticket, DailyKeys(keys.folder), TOMORROW)}


def test_two_forms_have_two_codes_and_two_ids(keys: DailyKeys) -> None:
    codes = {code_of(fresh(), keys) for _ in range(500)}
    assert len(codes) == len({response_id(code, PEPPER) for code in codes}) == 500


def test_a_code_is_twenty_figures_that_begin_with_any(keys: DailyKeys) -> None:
    codes = [code_of(fresh(), keys) for _ in range(500)]
    assert all(len(code) == 20 and code.isascii() and code.isdecimal() for code in codes)
    assert {code[0] for code in codes} == set("0123456789")


def test_an_id_hangs_on_the_code_and_on_the_service_s_secret() -> None:
    id = response_id("01234567890123456789", PEPPER)
    assert len(id) == 16
    assert id == response_id("01234567890123456789", PEPPER)
    assert id != response_id("11234567890123456789", PEPPER)
    assert id != response_id("01234567890123456789", "another secret")


def test_without_the_day_s_key_nobody_can_work_out_the_code_of_a_form(keys: DailyKeys, tmp_path: Path) -> None:
    ticket = fresh()
    assert code_of(ticket, keys) != code_of(ticket, DailyKeys(tmp_path / "guessed"))


def test_the_help_beside_a_screen_goes_along_and_leaves_with_it(keys: DailyKeys) -> None:
    ticket = fresh().on("help", {"robbery", "harassment"})
    assert unseal(seal(ticket, keys, today=DAY), keys, today=DAY).harm == ("harassment", "robbery")
    assert ticket.on("robbed").harm == ()


@pytest.mark.parametrize(
    "typed",
    ["01234567890123456789", "0123 4567 8901 2345 6789", " 0123-4567-8901-2345-6789.", "۰۱۲۳ ۴۵۶۷ ۸۹۰۱ ۲۳۴۵ ۶۷۸۹"],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert code_typed(typed) == "01234567890123456789"


@pytest.mark.parametrize("typed", ["", "0123", "0" * 19, "0" * 21, "²" * 20, "Ⅷ" * 20, "abc"])
def test_what_is_not_twenty_figures_is_no_code(typed: str) -> None:
    assert code_typed(typed) is None


@given(st.text(max_size=60))
def test_reading_a_code_never_fails(typed: str) -> None:
    code = code_typed(typed)
    assert code is None or (len(code) == 20 and code.isascii() and code.isdecimal())

"""A page put together from pieces is the page it would have been."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.shared.skeleton import PLACEHOLDER, skeleton

TICKETS = st.text(st.characters(exclude_categories=["Cs"]), max_size=3_000)
HALVES = st.text(st.characters(exclude_categories=["Cs"]), max_size=2_000).filter(lambda words: "@@" not in words)


@given(HALVES, HALVES, TICKETS)
def test_packed_and_plain_say_the_same(before: str, after: str, ticket: str) -> None:
    page = skeleton(before + PLACEHOLDER + after)
    assert page.plain(ticket).decode() == before + ticket + after
    assert gzip.decompress(page.gzipped(ticket)) == page.plain(ticket)


@pytest.mark.parametrize("length", [0, 1, 600, 2_000, 65_535])
def test_any_ticket_fits_in_one_stored_block(length: int) -> None:
    page = skeleton(f"<p>{PLACEHOLDER}</p>")
    assert gzip.decompress(page.gzipped("x" * length)) == b"<p>" + b"x" * length + b"</p>"


def test_one_skeleton_serves_many_tickets() -> None:
    page = skeleton(f"<p>{'words ' * 500}{PLACEHOLDER}{'more ' * 500}</p>")
    for n in range(50):
        assert f"ticket {n}" in gzip.decompress(page.gzipped(f"ticket {n}")).decode()


def test_a_browser_that_reads_as_it_arrives_can_read_the_first_half() -> None:
    page = skeleton("a" * 5_000 + PLACEHOLDER + "b" * 5_000)
    arrived = page.gzipped("t")[: 10 + len(page.packed_before)]
    assert zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(arrived) == b"a" * 5_000


@pytest.mark.parametrize(
    "html",
    ["", "<p>no ticket</p>", PLACEHOLDER * 2, f"{PLACEHOLDER} and {PLACEHOLDER}"],
    ids=["nothing", "none", "two", "two apart"],  # the placeholder differs in each process
)
def test_a_page_with_no_ticket_or_with_two_is_refused(html: str) -> None:
    with pytest.raises(ValueError, match="not one"):
        skeleton(html)


def test_nobody_can_know_the_placeholder_beforehand() -> None:
    assert len(PLACEHOLDER) == 20
    assert PLACEHOLDER != "@@ticket@@"

"""What a phone reads off a poster becomes a code of ours, or the name of the site that a false poster leads to."""

from __future__ import annotations

import pytest

from community.places.scanned import Scanned, read

BASE = "https://safe.example"


@pytest.mark.parametrize(
    "text",
    [
        "W8Q628ZV",
        " w8q6-28zv ",
        "w8q6 28zv",
        "https://safe.example/q/W8Q628ZV",
        "safe.example/q/W8Q6-28ZV",
        "HTTPS://SAFE.EXAMPLE/q/W8Q628ZV?lang=ro#here",
        "https://safe.example/poster/W8Q628ZV",
    ],
)
def test_a_code_is_read_however_it_comes(text: str) -> None:
    assert read(text, base_url=BASE) == Scanned("W8Q628ZV")


@pytest.mark.parametrize(
    "address",
    [
        "https://safe.example.evil.example/q/W8Q628ZV",
        "http://safe-example.example/q/W8Q628ZV",
        "https://safe.example@evil.example/q/W8Q628ZV",
        "https://safe.example:8443/q/W8Q628ZV",
    ],
)
def test_a_true_code_in_a_false_address_is_told_apart(address: str) -> None:
    found = read(address, base_url=BASE)
    assert found.code == "W8Q628ZV"
    assert found.elsewhere and found.elsewhere in address


@pytest.mark.parametrize("text", ["", "hello", "W8Q628ZW", "WIFI:T:WPA;S:cafe;P:12345678;;", "https://[::1/q/x"])
def test_what_holds_no_code_of_ours_gives_none(text: str) -> None:
    assert read(text, base_url=BASE).code is None


def test_another_page_of_ours_is_no_poster() -> None:
    assert read("https://safe.example/help/35", base_url=BASE) == Scanned(None)


def test_nothing_is_read_past_three_hundred_letters() -> None:
    assert read("x" * 400 + "/q/W8Q628ZV", base_url=BASE).code is None

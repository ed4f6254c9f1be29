"""Addresses that one person can choose among at will count as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.staff.networks import home, site


@pytest.mark.parametrize(
    ("address", "network", "wider"),
    [
        ("192.0.2.1", "192.0.2.1", None),
        ("::ffff:192.0.2.1", "192.0.2.1", None),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "", None),
        ("unix:", "unix:", None),
    ],
)
def test_an_address_is_of_a_network(address: str, network: str, wider: str | None) -> None:
    assert (home(address), site(address)) == (network, wider)


@given(st.ip_addresses(v=6))
def test_a_network_holds_its_own_address(address: object) -> None:
    assert home(str(address)) == home(home(str(address)).partition("/")[0])


@given(st.text(max_size=60))
def test_whatever_stands_for_an_address_is_taken(text: str) -> None:
    assert isinstance(home(text), str)
    site(text)

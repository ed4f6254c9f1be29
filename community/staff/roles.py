"""Who may do what: the one table, and the roles that must show a code from an app when they sign in.

A person may hold several roles, and may then do what any of them may. A page names the permission it needs, never
a role.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

ROLES: Final = ("viewer", "analyst", "publisher", "coordinator", "safeguarding", "admin")

_ALL: Final = frozenset(ROLES)

PERMISSIONS: Final[dict[str, frozenset[str]]] = {
    # their own account and the home page
    "see_home": _ALL,
    # posters and questionnaires: nothing in them was said by a respondent
    "see_posters": _ALL,
    "manage_posters": frozenset({"analyst", "publisher", "coordinator"}),
    "see_questionnaires": frozenset({"viewer", "analyst", "publisher"}),
    "manage_questionnaires": frozenset({"analyst", "publisher"}),
    # answers as they come in, exact by place and time of day
    "see_answers": frozenset({"analyst", "publisher"}),
    "export_answers": frozenset({"analyst", "publisher"}),
    "read_words": frozenset({"analyst"}),  # what people wrote, masked
    "publish_results": frozenset({"publisher"}),
    # Safe Havens: the venues and their dates; where answers say one is missed
    "see_havens": _ALL,
    "manage_havens": frozenset({"coordinator"}),
    "see_coverage": frozenset({"analyst", "publisher", "coordinator"}),
    # the support directory: what services said of themselves
    "check_services": frozenset({"coordinator", "admin"}),
    # people and premises that gave their name
    "see_contacts": frozenset({"coordinator", "safeguarding"}),
    "open_safeguarding_box": frozenset({"safeguarding"}),
    # the service itself: neither answers nor contacts
    "manage_accounts": frozenset({"admin"}),
    "read_audit": frozenset({"admin", "safeguarding"}),
}

NEEDS_A_CODE: Final = _ALL - {"viewer"}
"""Roles that see answers or private contacts, or could give themselves a role that does."""


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """What somebody with these roles may do."""
    held = frozenset(roles)
    return frozenset(name for name, allowed in PERMISSIONS.items() if held & allowed)


def needs_a_code(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles must show a code from an app when they sign in."""
    return bool(NEEDS_A_CODE & frozenset(roles))

"""The letters that accounts bring with them."""

from __future__ import annotations

from collections.abc import Callable

from community.staff.models import Account
from community.staff.service import links

Send = Callable[[str, str, str], None]


def link(send: Send, account: Account | None) -> None:
    """Send a link that sets a new password. To nobody where there is no account: that takes as long, so that nobody
    learns by the clock who has one."""
    send(
        account.email if account else "",
        "Set a new password",
        "Somebody, most likely you, asked for a new password for the staff pages.\n\n"
        f"Set it here, within a day:\n{links.link_for(account, given='email') if account else ''}\n\n"
        "The link works once. If you did not ask, do nothing: your password stays as it is.\n",
    )


def changed(send: Send | None, account: Account) -> None:
    """Tell somebody that their password is another now."""
    if send is None:
        return
    send(
        account.email,
        "Your password was changed",
        "The password of your account for the staff pages was changed, and you were signed out everywhere else.\n\n"
        "If that was not you, tell whoever looks after accounts in your team now.\n",
    )

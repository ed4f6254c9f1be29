"""The second step of signing in: a code from an app, or one of the recovery codes written down."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Final

from flask_security.proxies import _security
from sqlalchemy import delete, func, select

from community.extensions import db
from community.shared.runtime import runtime
from community.staff import audit
from community.staff.models import Account, RecoveryCode
from community.staff.totp import CLOCKS_MAY_DIFFER_SECONDS

CODES: Final = 10


@dataclass(frozen=True)
class NewApp:
    """What an app needs to know. image: a QR code as an address for <img>; typed: the same secret to type in."""

    image: str
    typed: str


def new_secret() -> str:
    """A fresh secret, encrypted: so it may wait in a cookie until the app has shown that it knows it."""
    secret: str = _security.totp_factory.generate_totp_secret()
    return secret


def encrypted(typed: str) -> str:
    """A secret known already, as it is kept. typed: base 32, as an app takes it."""
    kept: str = _security.totp_factory._totp(key=typed).to_json(encrypt=True)
    return kept


def to_show(account: Account, secret: str) -> NewApp:
    """The secret as a person can give it to an app."""
    factory = _security.totp_factory
    return NewApp(factory.generate_qrcode(account.email, secret), factory.get_totp_pretty_key(secret))


def set_up(account: Account, secret: str, code: str) -> list[str] | None:
    """Take a secret into use once a code shows that the app knows it; the recovery codes, shown this once. None when
    the code is wrong. Flushed."""
    before = account.totp_counter
    account.totp_counter = None
    if not _fits(account, secret, code):
        account.totp_counter = before
        return None
    account.totp_secret = secret
    audit.record("account.set-up-app", str(account.id), who=account.id)
    return new_codes(account)


def is_right(account: Account, code: str) -> bool:
    """Whether a code is the app's of this half minute or of one beside it, and was not used before. Flushed."""
    return account.totp_secret is not None and _fits(account, account.totp_secret, code)


def new_codes(account: Account) -> list[str]:
    """Fresh recovery codes in place of whatever there was; only their hashes are kept. Flushed."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes: list[str] = _security.totp_factory.generate_recovery_codes(CODES)
    db.session.add_all(RecoveryCode(account_id=account.id, digest=_digest(account, code)) for code in codes)
    db.session.flush()
    audit.record("account.new-recovery-codes", str(account.id), who=account.id)
    return codes


def use_recovery_code(account: Account, code: str) -> bool:
    """Whether a recovery code is one that was not used yet; it is used then. Two at once cannot both use it."""
    gone = db.session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.digest == _digest(account, code))
        .returning(RecoveryCode.account_id)
    ).all()
    if gone:
        audit.record("account.use-recovery-code", str(account.id), {"left": str(codes_left(account))}, who=account.id)
    return bool(gone)


def codes_left(account: Account) -> int:
    counted = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account.id)
    return db.session.scalar(counted) or 0


def take_away(account: Account) -> None:
    """Forget a person's app and recovery codes, for one who lost both: they set up an app when they next sign in."""
    account.totp_secret = account.totp_counter = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    audit.record("account.reset-totp", str(account.id))


def _fits(account: Account, secret: str, code: str) -> bool:
    digits = re.sub(r"[\s-]", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return False
    return bool(
        _security.totp_factory.verify_totp(digits, secret, account, window=CLOCKS_MAY_DIFFER_SECONDS)  # type: ignore[arg-type]
    )


def _digest(account: Account, code: str) -> bytes:
    key = b"recovery " + runtime().settings.secret_key.encode()
    plain = re.sub(r"[^0-9a-f]", "", code.lower())
    return hmac.new(key, f"{account.id} {plain}".encode(), hashlib.sha256).digest()

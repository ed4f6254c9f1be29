"""Flask-Security, set up for what we take from it: Argon2id, codes from an app, signed links. Its own pages, tokens and
request hooks are left out, so a public page neither loads a person nor knows of a session (docs/decisions/0009)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any, Final

from flask import Flask
from flask_security.core import Security
from flask_security.datastore import SQLAlchemyUserDatastore

from community.extensions import db
from community.staff.models import Account, AccountRole
from community.staff.totp import OneUseTotp

ARGON2: Final = {"argon2__type": "ID", "argon2__memory_cost": 65_536, "argon2__time_cost": 3, "argon2__parallelism": 1}
"""64 MiB, three passes, one core: the other stays with the survey pages."""
LINK_LIFE: Final = timedelta(hours=24)
"""How long a link that sets a password is good for, if it is not used before."""


def init_engine(app: Flask) -> None:
    """Set Flask-Security up, then take away what it hangs on every request of the application."""
    hooks: tuple[dict[Any, Any], ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.template_context_processors,
    )
    before = [list(hook.get(None, ())) for hook in hooks]
    json = app.json_provider_class, app.json
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  the name of a method
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=[],
        SECURITY_PASSWORD_SALT=derived_key(app, "password"),
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2,
        SECURITY_HASHING_SCHEMES=["hex_sha256"],  # of an Argon2 hash, to tie a link to it: must not take time
        SECURITY_DEPRECATED_HASHING_SCHEMES=[],
        SECURITY_RESET_PASSWORD_WITHIN=LINK_LIFE,
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_TOTP_SECRETS={"1": derived_key(app, "totp")},
        SECURITY_TOTP_ISSUER="Community voice",
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        SESSION_PROTECTION=None,  # it would keep a hash of the person's address and browser in the cookie
    )
    datastore = SQLAlchemyUserDatastore(db, Account, AccountRole)  # type: ignore[arg-type]  # asked for accounts only
    Security(totp_cls=OneUseTotp).init_app(app, datastore, register_blueprint=False)
    for hook, kept in zip(hooks, before, strict=True):
        hook[None] = kept
    app.json_provider_class, app.json = json


def derived_key(app: Flask, purpose: str) -> str:
    """A key for one purpose, made from SECRET_KEY; 43 characters."""
    settings: Any = app.config["SETTINGS"]
    digest = hmac.new(settings.secret_key.encode(), b"staff " + purpose.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")

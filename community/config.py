"""Typed settings, read once from the environment. Every setting is documented in docs/how-to/run-the-service.md."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
_SECRET_MIN_LENGTH = 32


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Organisation:
    """Who runs this service: printed on posters and at the foot of each page."""

    name: str
    contact: str
    brand_colour: str


@dataclass(frozen=True)
class Twilio:
    """The account texts come and go through. replies: "twiml" answers within the request that brought the text, "rest"
    asks the provider to send. api_base: the address of its REST API."""

    account_sid: str | None
    auth_token: str | None = field(repr=False)
    replies: str
    api_base: str

    @property
    def can_ask(self) -> bool:
        """Whether we may ask its REST API for anything."""
        return bool(self.account_sid and self.auth_token)


@dataclass(frozen=True)
class Mail:
    """How email leaves: through a server, or, without one, onto the terminal. sender: whom it comes from."""

    server: str | None
    port: int
    tls: str
    username: str | None
    password: str | None = field(repr=False)
    sender: str


@dataclass(frozen=True)
class Havens:
    """How the council runs Safe Havens. second_approver: two people must say yes. keeps_out: a venue may keep a
    threatening person out. insurance, safeguarding, night_charter: asked of those who apply."""

    second_approver: bool = False
    keeps_out: bool = False
    insurance: bool = False
    safeguarding: bool = False
    night_charter: bool = False


@dataclass(frozen=True)
class Settings:
    """All settings. Paths are absolute; `database_url` is a SQLAlchemy address; `cache_seconds` is how long a
    worker may go on showing a poster or wave as it was."""

    app_env: str
    database_url: str
    instance_dir: Path
    runtime_dir: Path
    secret_key: str
    public_base_url: str
    trusted_proxies: int
    organisation: Organisation
    twilio_from: str | None
    twilio: Twilio
    mail: Mail
    havens: Havens
    cache_seconds: float

    @property
    def is_production(self) -> bool:
        return self.app_env == "production"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings from the environment. Raises SettingsError naming the setting that is missing or wrong."""
        env = os.environ if environ is None else environ
        app_env = env.get("APP_ENV", "development")
        if app_env not in ("development", "production"):
            raise SettingsError(f"APP_ENV is {app_env!r}: set it to development or production.")
        instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance").absolute()
        return cls(
            app_env=app_env,
            database_url=_database_url(env.get("DATABASE_URL"), instance),
            instance_dir=instance,
            runtime_dir=Path(env.get("RUNTIME_DIR") or instance / "runtime").absolute(),
            secret_key=_secret_key(env.get("SECRET_KEY"), app_env, instance),
            public_base_url=_base_url(env.get("PUBLIC_BASE_URL"), app_env, env.get("PORT", "8000")),
            trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0, 0, 5),
            organisation=Organisation(
                name=env.get("ORGANISATION", "Barking and Dagenham Community Safety Partnership"),
                contact=env.get("ORGANISATION_CONTACT", "CSP@lbbd.gov.uk"),
                brand_colour=_colour(env.get("BRAND_COLOUR", "#1d4f43")),
            ),
            twilio_from=env.get("TWILIO_FROM") or None,
            twilio=_twilio(env, app_env),
            mail=_mail(env),
            havens=Havens(
                second_approver=_yes_or_no(env, "HAVENS_SECOND_APPROVER"),
                keeps_out=_yes_or_no(env, "HAVENS_KEEP_OUT"),
                insurance=_yes_or_no(env, "HAVENS_ASK_INSURANCE"),
                safeguarding=_yes_or_no(env, "HAVENS_ASK_SAFEGUARDING"),
                night_charter=_yes_or_no(env, "HAVENS_ASK_NIGHT_CHARTER"),
            ),
            cache_seconds=float(_whole_number(env, "CACHE_SECONDS", 2, 0, 60)),
        )


def _database_url(url: str | None, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'community.sqlite'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _secret_key(key: str | None, app_env: str, instance: Path) -> str:
    if key:
        if app_env == "production" and len(key) < _SECRET_MIN_LENGTH:
            raise SettingsError(f"SECRET_KEY is too short: give it at least {_SECRET_MIN_LENGTH} characters.")
        return key
    if app_env == "production":
        raise SettingsError("SECRET_KEY is not set: give it a random value, such as `openssl rand -hex 32` prints.")
    path = instance / "development-secret-key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text()


def _base_url(url: str | None, app_env: str, port: str) -> str:
    if not url:
        if app_env == "production":
            raise SettingsError(
                "PUBLIC_BASE_URL is not set: give the address people type, such as https://voice.example."
            )
        return f"http://127.0.0.1:{port}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError("PUBLIC_BASE_URL must be a whole address such as https://voice.example.")
    if app_env == "production" and parts.scheme != "https":
        raise SettingsError("PUBLIC_BASE_URL must begin with https:// in production.")
    return url.rstrip("/")


def _twilio(env: Mapping[str, str], app_env: str) -> Twilio:
    found = Twilio(
        account_sid=env.get("TWILIO_ACCOUNT_SID") or None,
        auth_token=env.get("TWILIO_AUTH_TOKEN") or None,
        replies=env.get("BOT_REPLIES") or "twiml",
        api_base=(env.get("TWILIO_API_BASE") or "https://api.twilio.com").rstrip("/"),
    )
    if found.replies not in ("twiml", "rest"):
        raise SettingsError(f"BOT_REPLIES is {found.replies!r}: set it to twiml or rest.")
    wanted = {"TWILIO_ACCOUNT_SID": found.account_sid, "TWILIO_AUTH_TOKEN": found.auth_token}
    missing = " and ".join(name for name, value in wanted.items() if not value)
    if missing and app_env == "production" and env.get("TWILIO_FROM"):
        raise SettingsError(f"TWILIO_FROM is set, so {missing} must be too: forged texts could not be told apart.")
    if missing and found.replies == "rest":
        raise SettingsError(f"BOT_REPLIES is rest, so {missing} must be set: replies could not be sent otherwise.")
    if app_env == "production" and not found.api_base.startswith("https://"):
        raise SettingsError("TWILIO_API_BASE must begin with https:// in production.")
    return found


def _mail(env: Mapping[str, str]) -> Mail:
    found = Mail(
        server=env.get("MAIL_SERVER") or None,
        port=_whole_number(env, "MAIL_PORT", 587, 1, 65_535),
        tls=env.get("MAIL_TLS") or "starttls",
        username=env.get("MAIL_USERNAME") or None,
        password=env.get("MAIL_PASSWORD") or None,
        sender=env.get("MAIL_FROM") or env.get("ORGANISATION_CONTACT", "CSP@lbbd.gov.uk"),
    )
    if found.tls not in ("starttls", "tls", "none"):
        raise SettingsError(f"MAIL_TLS is {found.tls!r}: set it to starttls, tls or none.")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", found.sender):
        raise SettingsError(f"MAIL_FROM is {found.sender!r}: set it to the address that email comes from.")
    return found


def _yes_or_no(env: Mapping[str, str], name: str) -> bool:
    text = (env.get(name) or "no").lower()
    if text not in ("yes", "no"):
        raise SettingsError(f"{name} is {text!r}: set it to yes or no.")
    return text == "yes"


def _whole_number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
        raise SettingsError(f"{name} is {text!r}: set it to a whole number from {least} to {most}.")
    return int(text)


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise SettingsError(f"BRAND_COLOUR is {text!r}: write it as # and six hexadecimal digits, such as #1d4f43.")
    return text.lower()

"""Which languages the pages speak, and how one is chosen: `?lang=`, then Accept-Language, then English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Request, g, has_request_context


@dataclass(frozen=True)
class Language:
    """A language of the interface; `name` is its own name for itself, `dir` the direction it is written in."""

    tag: str
    name: str
    dir: str


LANGUAGES = {
    language.tag: language
    for language in (Language("en", "English", "ltr"), Language("ro", "Română", "ltr"), Language("ur", "اردو", "rtl"))
}
DEFAULT = "en"


def choose(request: Request) -> str:
    """The tag of the language a request asks for. Anything we do not speak falls back, never fails."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    header = request.headers.get("Accept-Language")
    if not header:
        return DEFAULT
    return first_spoken(request.accept_languages)


def first_spoken(accepted: Iterable[tuple[str, float]]) -> str:
    """The first that we speak of the languages a browser accepts, (tag, weight) with the dearest first."""
    for tag, _ in accepted:
        short = tag.replace("_", "-").partition("-")[0].lower()
        if short in LANGUAGES:
            return short
    return DEFAULT


def current() -> str:
    """The language of the request at hand, as chosen or as a form carried it."""
    if not has_request_context():
        return DEFAULT
    if "lang" not in g:
        from flask import request

        g.lang = choose(request)
    tag: str = g.lang
    return tag


def use(tag: str) -> None:
    """Speak a language for the rest of this request."""
    g.lang = tag if tag in LANGUAGES else DEFAULT

"""The one ancestor of errors that a person caused and a person can put right."""

from __future__ import annotations


class UserError(Exception):
    """A room's refusal. `message` is a sentence or more, in plain words, that says what to do; commands print it and
    stop with status 1, pages show it beside the field."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

"""What staff type in about themselves, and the words of each mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wtforms import DateField, Form, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

NO_CHOICE: Final = "Select one of the choices that are shown."
_THEIR_NO_CHOICE: Final = "Not a valid choice."
"""WTForms' own words for a value that was not offered."""


class StaffForm(Form):  # type: ignore[misc]
    """A form whose mistakes the page lists. Its token is checked before the view runs (`access.needs`)."""

    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, words), in the order of the page."""
        found = [(name, str(words[0])) for name, words in self.errors.items() if name and words]
        return [(name, NO_CHOICE if words == _THEIR_NO_CHOICE else words) for name, words in found]


class Day(DateField):  # type: ignore[misc]  # its library is untyped
    """A day, or nothing."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a day, such as 2026-11-20.") from error


def _password(missing: str) -> Any:
    return PasswordField(validators=[InputRequired(missing), Length(max=1000, message="That is too long.")])


class SignIn(StaffForm):
    """An email address and a password."""

    email = StringField(
        validators=[InputRequired("Enter your email address."), Length(max=254, message="That is too long.")]
    )
    password = _password("Enter your password.")


class Code(StaffForm):
    """Six digits from an app."""

    code = StringField(validators=[InputRequired("Enter the code from your app."), Length(max=40)])


class RecoveryCode(StaffForm):
    """A code from the list that was written down."""

    code = StringField(validators=[InputRequired("Enter one of your recovery codes."), Length(max=40)])


class Password(StaffForm):
    """One's own password, given again."""

    password = _password("Enter your password.")


class Forgot(StaffForm):
    """Where to send a link to."""

    email = StringField(
        validators=[InputRequired("Enter your email address."), Length(max=254, message="That is too long.")]
    )


class NewPassword(StaffForm):
    """A new password, twice."""

    password = _password("Enter a new password.")
    again = PasswordField(
        validators=[EqualTo("password", "The two passwords are not the same. Type the new one again.")]
    )


class ChangePassword(NewPassword):
    """The one there is, and a new one twice."""

    now = _password("Enter the password you have now.")

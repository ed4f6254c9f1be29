"""What staff type in to sign in, and the words of each mistake."""

from __future__ import annotations

from wtforms import Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length


class StaffForm(Form):  # type: ignore[misc]
    """A form whose mistakes the page lists. Its token is checked before the view runs (`access.needs`)."""

    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, words), in the order of the page."""
        return [(name, str(words[0])) for name, words in self.errors.items() if name and words]


class SignIn(StaffForm):
    """An email address and a password."""

    email = StringField(validators=[InputRequired("Enter your email address."), Length(max=254)])
    password = PasswordField(validators=[InputRequired("Enter your password."), Length(max=1000)])

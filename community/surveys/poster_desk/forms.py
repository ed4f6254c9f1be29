"""What officers fill in at the posters desk, and the words of each mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from community.places.kinds import POSTER_KINDS
from community.places.service.places import Choice
from community.staff.forms import Day, StaffForm

MOST_AT_ONCE = 30
AGAIN = ("kind", "wave", "starts_on", "ends_on")
"""What the next posters made in one sitting most likely share with the last."""


class Number(IntegerField):  # type: ignore[misc]
    """A whole number."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a number in figures, such as 2.") from error


class _Waves(StaffForm):
    """Which wave, and on which days."""

    wave = SelectField()
    starts_on = Day(validators=[Optional()])
    ends_on = Day(validators=[Optional()])

    def offer(self, *, waves: Sequence[tuple[str, str]]) -> None:
        """The waves there are to choose from, as (id, words)."""
        self.wave.choices = [SelectChoice(value, label) for value, label in waves]

    def validate_ends_on(self, field: Day) -> None:
        first: date | None = self.starts_on.data
        if field.data and first and field.data < first:
            raise ValidationError("The last day comes before the first. Change one of them.")

    @property
    def wave_id(self) -> int | None:
        return int(self.wave.data) if self.wave.data else None


class NewPosters(_Waves):
    """Posters for one spot, each with a code of its own."""

    kind = RadioField(
        choices=[SelectChoice(value, label) for value, label in POSTER_KINDS.items()],
        default="fixed_place",
        validators=[InputRequired("Select what kind of poster it is.")],
    )
    place = SelectField()
    route = StringField(validators=[Length(max=120, message="Write the route in 120 letters at most.")])
    spot = StringField(validators=[Length(max=120, message="Write the spot in 120 letters at most.")])
    count = Number(
        default=1,
        validators=[
            InputRequired("Enter how many posters."),
            NumberRange(1, MOST_AT_ONCE, f"Enter a number from 1 to {MOST_AT_ONCE}."),
        ],
    )

    def offer(self, *, waves: Sequence[tuple[str, str]], places: Sequence[Choice] = ()) -> None:
        """The waves and places there are to choose from."""
        super().offer(waves=waves)
        self.place.choices = [SelectChoice(slug, name) for slug, name in {("", ""), *places}]

    def again(self) -> dict[str, Any]:
        """What the form for more posters begins with."""
        return {name: self[name].raw_data[0] for name in AGAIN if self[name].raw_data and self[name].raw_data[0]}

    def validate_place(self, field: SelectField) -> None:
        if not field.data and self.kind.data != "bus_route":
            raise ValidationError("Select the place where it will hang.")

    def validate_route(self, field: StringField) -> None:
        if self.kind.data == "bus_route" and not (field.data or "").strip() and not self.place.data:
            raise ValidationError("Enter the route, such as bus 5, Canning Town to Romford.")


class Assignment(_Waves):
    """A wave for posters there are."""

    def validate_wave(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError("Select a wave.")

"""What officers fill in at the questionnaires desk, and the words of each mistake."""

from __future__ import annotations

from datetime import date

from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from community.staff.forms import Day, StaffForm

LONGEST_AWAY_DAYS = 3 * 366
"""A wave planned further ahead than this is a slip of the pen."""


class OpenWave(StaffForm):
    """A fielding of the newest version."""

    title = StringField(
        validators=[
            InputRequired("Enter a title, such as Summer 2027. Only people who work here see it."),
            Length(max=100, message="Use at most 100 letters in the title."),
        ]
    )
    opens_on = Day(validators=[Optional()])
    closes_on = Day(validators=[Optional()])

    def __init__(self, *args: object, today: date, **more: object) -> None:
        super().__init__(*args, **more)
        self.today = today

    @property
    def first(self) -> date:
        found: date = self.opens_on.data or self.today
        return found

    def validate_opens_on(self, field: Day) -> None:
        if field.data and field.data < self.today:
            raise ValidationError("The first day is over. Enter today or a later day.")
        if field.data and (field.data - self.today).days > LONGEST_AWAY_DAYS:
            raise ValidationError("The first day is more than three years away. Check the year.")

    def validate_closes_on(self, field: Day) -> None:
        if field.data and field.data < self.first:
            raise ValidationError("The last day comes before the first. Change one of them.")


class CloseWave(StaffForm):
    """The last day of a wave."""

    closes_on = Day(validators=[InputRequired("Enter the last day on which people may answer.")])

    def __init__(self, *args: object, today: date, opens_on: date, ended_on: date | None, **more: object) -> None:
        super().__init__(*args, **more)
        self.today, self.opens_on, self.ended_on = today, opens_on, ended_on

    def validate_closes_on(self, field: Day) -> None:
        if self.ended_on and self.ended_on < self.today:
            raise ValidationError("This wave is over. Open a new one to ask again.")
        if field.data and field.data < self.opens_on:
            raise ValidationError(f"The wave opens on {self.opens_on:%-d %B %Y}. Enter that day or a later one.")
        if field.data and field.data < self.today:
            raise ValidationError("The last day is over. Enter today or a later day.")

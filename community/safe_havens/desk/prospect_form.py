"""What a coordinator fills in about a business to approach, and the words of each mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from community.safe_havens.kinds import HAVEN_KINDS, PROSPECT_ANSWERS
from community.safe_havens.models import HavenProspect
from community.safe_havens.prospect_file import EMAIL, Spot
from community.staff.forms import Day, StaffForm


class ProspectForm(StaffForm):
    """One business."""

    name = StringField(
        validators=[InputRequired("Enter the name."), Length(max=120, message="Write the name in 120 letters at most.")]
    )
    kind = SelectField(validators=[InputRequired("Select what kind of place it is.")])
    address = StringField(
        validators=[
            InputRequired("Enter the address."),
            Length(max=200, message="Write the address in 200 letters at most."),
        ]
    )
    place = SelectField(validators=[InputRequired("Select the nearest place.")])
    contact_name = StringField(validators=[Length(max=120, message="Write the contact in 120 letters at most.")])
    contact_email = StringField(validators=[Length(max=254, message="That is too long.")])
    contact_phone = StringField(validators=[Length(max=40, message="Write the phone number in 40 letters at most.")])
    approached_on = Day(validators=[Optional()])
    answer = SelectField(choices=[SelectChoice(key, words.capitalize()) for key, words in PROSPECT_ANSWERS.items()])

    def offer(self, spots: Sequence[Spot], today: date) -> None:
        """The places there are to choose from; and today, after which nobody was asked."""
        self.kind.choices = [SelectChoice("", "")] + [SelectChoice(k, words) for k, words in HAVEN_KINDS.items()]
        self.place.choices = [SelectChoice("", "")] + [SelectChoice(spot.slug, spot.name) for spot in spots]
        self._today = today

    def validate_contact_email(self, field: StringField) -> None:
        if field.data and not EMAIL.fullmatch(field.data.strip()):
            raise ValidationError("Enter an email address like name@example.org, or leave it empty.")

    def validate_approached_on(self, field: Day) -> None:
        if field.data and field.data > self._today:
            raise ValidationError("That day is still to come. Enter the day on which they were asked.")

    def values(self, spots: Sequence[Spot], before: HavenProspect | None) -> dict[str, Any]:
        """Columns of HavenProspect. A point that came with a file stays as long as the place does."""
        spot = next(one for one in spots if one.slug == self.place.data)
        stays = before is not None and before.place_id == spot.id
        return {
            "name": " ".join(self.name.data.split()),
            "kind": self.kind.data,
            "address": " ".join(self.address.data.split()),
            "place_id": spot.id,
            "lat": before.lat if stays and before else spot.lat,
            "lon": before.lon if stays and before else spot.lon,
            "contact_name": (self.contact_name.data or "").strip(),
            "contact_email": (self.contact_email.data or "").strip(),
            "contact_phone": (self.contact_phone.data or "").strip(),
            "approached_on": self.approached_on.data,
            "answer": self.answer.data,
        }

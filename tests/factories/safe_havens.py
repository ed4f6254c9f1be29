"""Smallest valid rows of the Safe Havens room. Used inside an application context; rows are flushed, not committed."""

from __future__ import annotations

import random
from datetime import date

import factory
from factory.alchemy import SQLAlchemyModelFactory

from community.extensions import db
from community.places.codes import new_code
from community.safe_havens.models import HavenContact, HavenProspect, SafeHaven

_codes = random.Random(11)


class _Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"


class AppliedFactory(_Factory):
    """A venue that has applied."""

    class Meta:
        model = SafeHaven

    slug = factory.Sequence(lambda n: f"made-up-venue-{n}")
    reference = factory.Sequence(lambda n: f"SH-{n:05}")
    name = factory.Sequence(lambda n: f"Made up venue {n}")
    kind = "cafe"
    address = "1 Made Up Street"
    lat = 51.54
    lon = 0.08
    opening = "Mo-Su 09:00-17:00"
    least_staff = 2
    offers = factory.LazyFunction(list)
    languages = factory.LazyFunction(lambda: ["English"])
    consents = True
    applied_on = date(2026, 1, 1)


class ListedFactory(AppliedFactory):
    """A venue on the public list all through 2026 and the first half of 2027."""

    status = "approved"
    agreement = "1"
    agreed_on = date(2026, 1, 2)
    checked_on = date(2026, 7, 1)
    trained_on = date(2026, 7, 1)
    approved_on = date(2026, 1, 5)
    serial = factory.LazyFunction(lambda: new_code(_codes))


class ContactFactory(_Factory):
    class Meta:
        model = HavenContact

    role = "contact"
    name = "Made Up Person"
    email = "person@venue.example"


class ProspectFactory(_Factory):
    class Meta:
        model = HavenProspect

    name = factory.Sequence(lambda n: f"Made up business {n}")
    kind = "shop"
    address = "2 Made Up Street"
    lat = 51.54
    lon = 0.08
    added_on = date(2026, 1, 1)

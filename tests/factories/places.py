"""Smallest valid rows of the places room. Used inside an application context; rows are flushed, not committed."""

from __future__ import annotations

import random
from datetime import date

import factory
from factory.alchemy import SQLAlchemyModelFactory

from community.extensions import db
from community.places.codes import new_code
from community.places.models import Area, Place, Poster, PosterAssignment, Ward

_codes = random.Random(7)


class _Factory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"


class WardFactory(_Factory):
    class Meta:
        model = Ward

    code = factory.Sequence(lambda n: f"X{n:08}")
    name = factory.Sequence(lambda n: f"Ward {n}")


class AreaFactory(_Factory):
    class Meta:
        model = Area

    slug = factory.Sequence(lambda n: f"area-{n}")
    name = factory.Sequence(lambda n: f"Area {n}")


class PlaceFactory(_Factory):
    class Meta:
        model = Place

    slug = factory.Sequence(lambda n: f"made-up-place-{n}")
    name = factory.Sequence(lambda n: f"Made up place {n}")
    kind = "park"
    lat = 51.5
    lon = 0.1


class PosterFactory(_Factory):
    class Meta:
        model = Poster

    code = factory.LazyFunction(lambda: new_code(_codes))
    place = factory.SubFactory(PlaceFactory)
    created_on = date(2026, 1, 1)


class PosterAssignmentFactory(_Factory):
    """Needs wave_id."""

    class Meta:
        model = PosterAssignment

    poster = factory.SubFactory(PosterFactory)
    starts_on = date(2026, 1, 1)

"""A file of ward shapes (GeoJSON FeatureCollection) read into checked values: all of it or none. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from community.places.geometry import BadGeometry, Shape, read_geometry, to_geojson
from community.shared.errors import UserError

MAX_BYTES: Final = 20_000_000
MAX_WARDS: Final = 1_000
CODE: Final = re.compile(r"[A-Z0-9]{2,16}")
_CODE_HEADINGS: Final = re.compile(r"ward_?code|wd\d\dcd|code", re.IGNORECASE)  # WD24CD is how ONS heads it
_NAME_HEADINGS: Final = re.compile(r"ward_?name|wd\d\dnm|name", re.IGNORECASE)
_MAX_NAME: Final = 120


@dataclass(frozen=True)
class WardShape:
    code: str
    name: str
    shape: Shape

    @property
    def boundary(self) -> str:
        """As the table keeps it: GeoJSON without blanks."""
        return json.dumps(to_geojson(self.shape), separators=(",", ":"))


class BadWardFile(UserError):
    """The file of ward shapes was not taken in; the message names every feature that is wrong."""


def parse_wards(content: bytes) -> Sequence[WardShape]:
    """The wards of a file, in its order. Raises BadWardFile; nothing of a bad file is used."""
    features = _features(content)
    wards: list[WardShape] = []
    problems: list[str] = []
    for number, feature in enumerate(features, start=1):
        try:
            ward = _ward(feature)
        except BadGeometry as exc:
            problems.append(f"feature {number} {exc}")
            continue
        if any(ward.code == other.code for other in wards):
            problems.append(f"feature {number} repeats the ward code {ward.code}")
        wards.append(ward)
    if problems:
        raise BadWardFile("No ward was taken in. Put these right and try again:\n" + "\n".join(problems))
    return wards


def _features(content: bytes) -> list[Any]:
    if len(content) > MAX_BYTES:
        raise BadWardFile(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Use simplified boundaries.")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise BadWardFile(f"The file is not GeoJSON ({exc}). Save it as GeoJSON in UTF-8.") from exc
    features = document.get("features") if isinstance(document, Mapping) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection" or not features:
        raise BadWardFile("The file is not a GeoJSON FeatureCollection with features in it.")
    if len(features) > MAX_WARDS:
        raise BadWardFile(f"The file has {len(features):,} features; {MAX_WARDS:,} is the most we take.")
    return features


def _ward(feature: object) -> WardShape:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(feature, Mapping) or not isinstance(properties, Mapping):
        raise BadGeometry("is not a feature with properties")
    code = _property(properties, _CODE_HEADINGS).upper()
    name = _property(properties, _NAME_HEADINGS)
    if not CODE.fullmatch(code):
        raise BadGeometry(f"has no ward code in ward_code or WD24CD: found {code!r}, want something like E05014053")
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise BadGeometry(f"({code}) has no usable ward name in ward_name or WD24NM")
    try:
        return WardShape(code, name, read_geometry(feature.get("geometry")))
    except BadGeometry as exc:
        raise BadGeometry(f"({code}) {exc}") from exc


def _property(properties: Mapping[object, object], heading: re.Pattern[str]) -> str:
    # The exact names come before the loose ones: a file may well have both ward_code and a code of its own.
    found = {str(key): value for key, value in properties.items() if heading.fullmatch(str(key))}
    best = min(found, key=lambda key: key.casefold() in ("code", "name"), default=None)
    value = found.get(best) if best is not None else None
    return " ".join(value.split()) if isinstance(value, str) else ""

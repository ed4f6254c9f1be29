"""A file of ward shapes: what is read, and every way in which one is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from community.places.ward_shapes import MAX_BYTES, MAX_WARDS, BadWardFile, parse_wards

RING = [[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}
REED = {"ward_code": "E05999001", "ward_name": "Reed"}


def feature(properties: Any = None, geometry: Any = SQUARE) -> dict[str, Any]:
    return {"type": "Feature", "properties": REED if properties is None else properties, "geometry": geometry}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize(
    "properties",
    [
        REED,
        {"WD24CD": "E05999001", "WD24NM": "Reed", "WD24NMW": "Corsen", "LAD24CD": "E09000099"},
        {"Ward_Code": " e05999001 ", "Ward_Name": "Reed"},
        {"code": "E05999001", "name": "Reed"},
        {"code": "7", "name": "of something else", **REED},
    ],
)
def test_a_ward_is_read_under_the_headings_councils_use(properties: dict[str, str]) -> None:
    (ward,) = parse_wards(collection(feature(properties)))
    assert (ward.code, ward.name) == ("E05999001", "Reed")
    assert ward.shape.contains(0.5, 51.5)
    assert json.loads(ward.boundary) == {"type": "MultiPolygon", "coordinates": [[RING]]}


def test_a_byte_order_mark_does_no_harm() -> None:
    assert len(parse_wards(b"\xef\xbb\xbf" + collection(feature()))) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not GeoJSON"),
        (b"name,kind\n", "not GeoJSON"),
        (b"\xff\xfe\x00", "not GeoJSON"),
        (b"[" * 100_000, "not GeoJSON"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (json.dumps(feature()).encode(), "not a GeoJSON FeatureCollection"),
        (collection(), "not a GeoJSON FeatureCollection"),
        (b" " * (MAX_BYTES + 1), "larger than 20 MB"),
        (collection(*[1] * (MAX_WARDS + 1)), "1,001 features"),
        (collection("x"), "feature 1 is not a feature"),
        (collection(feature({"ward_name": "Reed"})), "feature 1 has no ward code"),
        (collection(feature({**REED, "ward_code": 5})), "feature 1 has no ward code"),
        (collection(feature({**REED, "ward_code": "E05' OR 1"})), "feature 1 has no ward code"),
        (collection(feature({"ward_code": "E05999001"})), r"feature 1 \(E05999001\) has no usable ward name"),
        (collection(feature({**REED, "ward_name": "x" * 121})), "no usable ward name"),
        (collection(feature({**REED, "ward_name": "a\u202eb"})), "no usable ward name"),
        (collection(feature(geometry=None)), r"feature 1 \(E05999001\) has no shape"),
        (collection(feature(), feature()), "feature 2 repeats the ward code E05999001"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(content: bytes, words: str) -> None:
    with pytest.raises(BadWardFile, match=words):
        parse_wards(content)


def test_every_bad_feature_is_named_at_once() -> None:
    point = {"type": "Point", "coordinates": [0, 51]}
    with pytest.raises(BadWardFile) as refused:
        parse_wards(collection(feature(), feature({}), feature({**REED, "ward_code": "E05999002"}, point)))
    assert "feature 2 has no ward code" in refused.value.message
    assert "feature 3 (E05999002) is a 'Point'" in refused.value.message
    assert "feature 1 " not in refused.value.message

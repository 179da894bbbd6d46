"""Canonical JSON and digests."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.canonical import CanonicalError, canonical, digest

clean = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers() | clean
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-zđê]{1,4}"), inner, max_size=3)
    ),
    max_leaves=8,
)


class Colour(StrEnum):
    RED = "red"


@given(st.dictionaries(st.from_regex(r"[a-zđê]{1,4}", fullmatch=True), values, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert digest(turned) == digest(value)


@given(values)
def test_reading_and_writing_again_changes_nothing(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_form() -> None:
    hanoi = timezone(timedelta(hours=7))
    value = {
        "b": [1, True, None, "Hoà"],
        "a": Decimal("1E+3"),
        "d": date(2026, 3, 2),
        "t": datetime(2026, 3, 2, 9, 0, tzinfo=hanoi),
        "c": Colour.RED,
        "u": UUID(int=1),
        "l": (1,),
    }
    assert canonical(value).decode() == (
        '{"a":"1000","b":[1,true,null,"Hoà"],"c":"red","d":"2026-03-02","l":[1],'
        '"t":"2026-03-02T02:00:00Z","u":"00000000-0000-0000-0000-000000000001"}'
    )


def test_unicode_forms_and_zones_are_one() -> None:
    assert digest({"Ho\u00e0": "a\u0300"}) == digest({"Hoa\u0300": "\u00e0"})
    moment = datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert digest(moment) == digest(moment.astimezone(timezone(timedelta(hours=7))))


def test_the_digest_is_sha256() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [1, 0.5]}, "$.a[1]"),
        ({"a": {1: 2}}, "$.a"),
        (b"x", "$"),
        ({"t": datetime(2026, 3, 2)}, "$.t"),  # noqa: DTZ001
        (Decimal("NaN"), "$"),
        ({"\u00e0": 1, "a\u0300": 2}, "$"),
        ("\ud800", "$"),
        ({1, 2}, "$"),
    ],
)
def test_what_has_no_one_spelling_is_refused_with_its_path(value: object, path: str) -> None:
    with pytest.raises(CanonicalError) as refusal:
        canonical(value)
    assert str(refusal.value).startswith(f"{path}:")

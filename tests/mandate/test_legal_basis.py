"""The instruments that rules, terms and procedures rest on."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lienthong.core.instruments import actions
from lienthong.core.instruments.enums import Confidence, InstrumentKind
from lienthong.core.instruments.models import Instrument
from lienthong.core.instruments.queries import by_slug, is_in_force, numbers_by_slug
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM

AT = datetime(2026, 11, 2, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _system() -> Iterator[None]:
    with entered(SYSTEM):
        yield


def test_the_seeds_load_once_and_every_word_is_of_the_vocabulary() -> None:
    assert actions.load_seeds() == {"instruments": 0, "instrument_links": 0}
    words = Instrument.objects.values_list("kind", "confidence")
    assert {kind for kind, _confidence in words} <= set(InstrumentKind)
    assert {confidence for _kind, confidence in words} <= set(Confidence)


def test_an_instrument_is_found_by_its_slug() -> None:
    assert by_slug("nd-150-2025-nd-cp").number == numbers_by_slug()["nd-150-2025-nd-cp"] == "150/2025/NĐ-CP"
    with pytest.raises(NotFound):
        by_slug("khong-co")


def test_the_decrees_on_authority_end_with_february_2027() -> None:
    decree = by_slug("nd-120-2025-nd-cp")
    assert is_in_force(decree, date(2027, 2, 28)) is True
    assert is_in_force(decree, date(2027, 3, 1)) is False
    assert is_in_force(decree, date(2025, 6, 30)) is False


def test_an_instrument_without_stated_days_is_neither_in_force_nor_not() -> None:
    assert is_in_force(Instrument(valid_during=None), date(2026, 1, 1)) is None


def test_a_decision_known_by_number_alone_is_registered_once_with_nothing_added() -> None:
    numbers = ["88/QĐ-THU", "88/QĐ-THU", "163/QĐ-BTP", ""]
    found = actions.register_decisions(actor=SYSTEM, numbers=numbers, source_note="Thử", at=AT)
    assert set(found) == {"88/QĐ-THU", "163/QĐ-BTP"}
    assert found["163/QĐ-BTP"] == by_slug("163-qd-btp").pk
    made = Instrument.objects.get(pk=found["88/QĐ-THU"])
    assert (made.slug, made.title, made.issued_on, made.valid_during) == ("88-qd-thu", "", None, None)
    assert made.confidence == Confidence.VERIFIED
    assert actions.register_decisions(actor=SYSTEM, numbers=numbers, source_note="Thử", at=AT) == found


def test_two_numbers_that_look_alike_get_two_slugs() -> None:
    found = actions.register_decisions(actor=SYSTEM, numbers=["9/QĐ-A", "9-QĐ-A"], source_note="Thử", at=AT)
    slugs = Instrument.objects.filter(pk__in=found.values()).values_list("slug", flat=True)
    assert set(slugs) == {"9-qd-a", "9-qd-a-2"}

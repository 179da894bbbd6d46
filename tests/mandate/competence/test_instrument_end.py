"""When an instrument ends, whatever rests on it ends; an extension lets it go on."""

from datetime import date
from uuid import uuid4

import pytest

from lienthong.core.instruments.actions import set_instrument_end
from lienthong.core.instruments.queries import by_slug
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.mandate.competence.queries import responsible_for
from tests.cast import TAN_HUNG, Cast
from tests.mandate.competence import entering
from tests.mandate.competence.entering import CODE, told

pytestmark = pytest.mark.django_db
DECREE, ENDS = "nd-120-2025-nd-cp", date(2027, 3, 1)


def set_end(day: date | None, slug: str = DECREE, actor: Actor = SYSTEM, by: str = "9/2027/NĐ-CP") -> None:
    number = by_slug(slug).pk
    set_instrument_end(actor=actor, key=uuid4(), instrument_id=number, ends_on=day, by_number=by)


def test_the_city_extends_and_lifts_an_end(cast: Cast) -> None:
    with entered(cast.city):
        set_end(date(2028, 3, 1), actor=cast.city)
        during = by_slug(DECREE).valid_during
        assert during is not None and (during.lower, during.upper) == (date(2025, 7, 1), date(2028, 3, 1))
        assert told("instruments.end_set")["former"] == "2027-03-01"
        set_end(None, actor=cast.city)
        lifted = by_slug(DECREE).valid_during
        assert lifted is not None and lifted.upper is None
        assert told("instruments.end_lifted")["by"] == "9/2027/NĐ-CP"


def test_a_rule_holds_no_longer_than_its_instrument(cast: Cast) -> None:
    with entered(SYSTEM):
        entering.task()
        entering.rule(instrument_id=entering.instrument(DECREE))
        unit = cast.unit_id(TAN_HUNG)
        assert responsible_for(CODE, unit, date(2027, 2, 28)).finding == ""
        assert responsible_for(CODE, unit, ENDS).finding == "no_rule"
        set_end(date(2027, 9, 1))
        assert responsible_for(CODE, unit, ENDS).finding == ""
        set_end(date(2026, 6, 1))
        assert told("instruments.end_set")["backdated"] == "yes"
        assert responsible_for(CODE, unit, date(2026, 6, 1)).finding == "no_rule"


def test_an_instrument_whose_time_is_not_stated_can_end() -> None:
    with entered(SYSTEM):
        set_end(ENDS, slug="nd-30-2020-nd-cp")
        during = by_slug("nd-30-2020-nd-cp").valid_during
        assert during is not None and (during.lower, during.upper) == (None, ENDS)
        set_end(None, slug="nd-30-2020-nd-cp")
        assert by_slug("nd-30-2020-nd-cp").valid_during is None


def test_who_may_and_what_must_be_said(cast: Cast) -> None:
    with entered(SYSTEM):
        for actor, day, by, code in (
            (cast.administrator, ENDS, "9", "instruments.end_not_allowed"),
            (cast.city, ENDS, " ", "instruments.end_without_paper"),
            (cast.city, date(2025, 7, 1), "9", "instruments.dates_reversed"),
        ):
            with pytest.raises(Refused) as refused:
                set_end(day, actor=actor, by=by)
            assert refused.value.refusal.code == code
        with pytest.raises(NotFound):
            set_instrument_end(actor=SYSTEM, key=uuid4(), instrument_id=-1, ends_on=ENDS, by_number="9")

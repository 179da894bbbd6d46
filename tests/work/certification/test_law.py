"""What the law says is data with its source: loaded once, corrected by the city from a day on."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures.queries import effective_terms
from lienthong.work.certification.actions import correct_ban, correct_rate, load_seeds
from lienthong.work.certification.enums import Book
from lienthong.work.certification.queries import act_rules, bans, estimate, rate_of, rates, retention_rules
from lienthong.work.certification.values import ItemDraft
from tests.cast import TAN_HUNG, Cast
from tests.work.certification.stage import COPY

pytestmark = pytest.mark.django_db
SOURCE = "nd-23-2015-nd-cp"


def test_every_act_has_a_rate_a_book_and_a_source(cast: Cast) -> None:
    acts = act_rules(today())
    assert len(acts) == 11 and {act.book for act in acts} == set(Book.values)
    assert {act.task_code for act in acts} == {rate.task_code for rate in rates(today())}
    assert all(rate.citation and rate.confidence for rate in rates(today()))
    assert all(ban.article == "Điều 22" and ban.confidence == "memory" for ban in bans(today()).values())


def test_the_rates_are_those_of_the_catalogue(cast: Cast) -> None:
    for rate in rates(today()):
        terms = effective_terms(rate.task_code, TAN_HUNG, today())
        assert terms is not None and terms.fees
        stated = [
            (fee.amount, fee.tier_from, fee.tier_amount, fee.max_amount) for fee in terms.fees if fee.amount
        ]
        assert (rate.amount, rate.tier_from, rate.tier_amount, rate.most) in stated


def test_how_long_what_is_kept(cast: Cast) -> None:
    kept = {rule.subject: (rule.is_kept, rule.years) for rule in retention_rules()}
    assert kept == {
        "books": (True, None),
        "signature": (True, 2),
        "transaction": (True, 20),
        "copy": (False, None),
    }


def test_loading_again_adds_nothing(cast: Cast) -> None:
    assert set(load_seeds().values()) == {0}


def corrected(actor: Actor, days: int, amount: int = 3000) -> int:
    rate = rate_of(COPY, today())
    assert rate is not None
    with entered(actor):
        return correct_rate(
            actor=actor,
            key=uuid4(),
            rate=replace(rate, amount=amount),
            instrument=SOURCE,
            article="",
            from_day=today() + timedelta(days=days),
        )


def test_the_city_corrects_a_rate_from_a_day_on(cast: Cast) -> None:
    corrected(cast.city, 5)
    page = (ItemDraft("Bằng", pages=1),)
    assert estimate(COPY, page, today() + timedelta(days=4)) == 2000
    assert estimate(COPY, page, today() + timedelta(days=5)) == 3000
    assert set(load_seeds().values()) == {0}


def test_neither_a_unit_nor_the_past(cast: Cast) -> None:
    for actor, days, code in (
        (cast.clerk, 5, "certification.no_duty"),
        (cast.city, -1, "certification.from_day"),
    ):
        with pytest.raises(Refused) as caught:
            corrected(actor, days)
        assert caught.value.refusal.code == code


def test_an_original_is_taken_off_the_list_and_another_put_on(cast: Cast) -> None:
    day = today() + timedelta(days=2)
    with entered(cast.city):
        for code, text in (("damaged", ""), ("new", "Bản chính khác")):
            correct_ban(
                actor=cast.city,
                key=uuid4(),
                code=code,
                text=text,
                instrument=SOURCE,
                article="",
                confidence="press",
                from_day=day,
            )
    assert "damaged" in bans(today()) and "new" not in bans(today())
    assert "damaged" not in bans(day) and bans(day)["new"].text == "Bản chính khác"

"""What tells one order of `lienthong generate` from another, and what it says at its end."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from lienthong.console.generate.run import Order
from lienthong.console.management.commands import generate
from tests.cast import Cast
from tests.work.dossiers.stage import received

ORDER = Order(
    province="79", closed=18, open=2, days=40, until=date(2026, 11, 20), seed=1, online=0.14, units=6
)


@pytest.mark.parametrize(
    "other",
    [
        {"closed": 19},
        {"open": 3},
        {"days": 41},
        {"until": date(2026, 11, 19)},
        {"seed": 2},
        {"online": 0.2},
        {"units": 0},
        {"units": 5},
    ],
    ids=str,
)
def test_another_division_is_another_order(other: dict[str, object]) -> None:
    assert replace(ORDER, **other).words() != ORDER.words()  # type: ignore[arg-type]
    assert replace(ORDER).words() == ORDER.words()


@pytest.mark.django_db
def test_the_end_tells_what_is_there_not_what_was_ordered(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders: list[Order] = []
    monkeypatch.setattr(generate, "prepare", lambda plan, **how: None)
    monkeypatch.setattr(generate, "generate", lambda order, **how: orders.append(order) or 0)
    received(cast.clerk)
    said = StringIO()
    call_command("generate", "--closed", "5", "--open", "7", "--until", "20/11/2026", stdout=said)
    assert "0 hồ sơ đã xong, 1 đang giải quyết; lần này ghi 0 dòng" in said.getvalue()
    assert [order.until for order in orders] == [date(2026, 11, 20)]

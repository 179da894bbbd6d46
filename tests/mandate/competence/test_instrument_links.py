"""Which instrument amends, replaces or extends which: as the sources state it, and shown in the chain."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.instruments.actions import link_instruments, load_seeds
from lienthong.core.instruments.queries import by_slug
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.queries import explain, responsible_for
from tests.cast import ON, TAN_HUNG, Cast
from tests.mandate.competence import entering
from tests.mandate.competence.entering import CODE, instrument, rule, told

pytestmark = pytest.mark.django_db


def link(**changes: Any) -> int:
    stated: dict[str, Any] = {
        "newer_id": instrument("nd-224-2026-nd-cp"),
        "older_id": instrument("nd-150-2025-nd-cp"),
        "kind": "replaces",
        "since": date(2028, 2, 29),
        "confidence": "illustrative",
    }
    return link_instruments(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def chain(cast: Cast) -> str:
    return "\n".join(explain(responsible_for(CODE, cast.unit_id(TAN_HUNG), ON)))


def test_the_chain_says_what_changed_its_instruments(cast: Cast) -> None:
    with entered(SYSTEM):
        entering.task()
        rule()
        assert "sửa đổi bởi 370/2025/NĐ-CP (nguồn không nêu ngày)" in chain(cast)
        before = by_slug("nd-150-2025-nd-cp").valid_during
        made = link()
        assert "được thay thế bởi 224/2026/NĐ-CP (từ 29/02/2028)" in chain(cast)
        assert by_slug("nd-150-2025-nd-cp").valid_during == before
        assert told("instruments.linked")["relation"] == "thay thế"
        key = uuid4()
        assert link(key=key, kind="extends") == link(key=key, kind="extends") != made


@pytest.mark.parametrize(("changes", "code"), [
    ({"kind": "likes"}, "instruments.link_malformed"),
    ({"confidence": "sure"}, "instruments.link_malformed"),
    ({"kind": "amends", "newer": "nd-370-2025-nd-cp"}, "instruments.link_stands"),
    ({"newer": "nd-150-2025-nd-cp"}, "instruments.link_malformed"),
])  # fmt: skip
def test_what_is_not_clear_or_stands_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    with entered(SYSTEM):
        newer = changes.pop("newer", None)
        ids = {"newer_id": instrument(newer)} if newer else {}
        with pytest.raises(Refused) as refused:
            link(**changes, **ids)
    assert refused.value.refusal.code == code


def test_a_unit_links_nothing_and_what_is_not_registered_is_not_found(cast: Cast) -> None:
    with entered(cast.chair), pytest.raises(Refused) as refused:
        link(actor=cast.chair)
    assert refused.value.refusal.code == "instruments.link_not_allowed"
    with entered(SYSTEM), pytest.raises(NotFound):
        link(newer_id=0)


def test_the_seeds_are_loaded_once(cast: Cast) -> None:
    with entered(SYSTEM):
        assert load_seeds()["instrument_links"] == 0

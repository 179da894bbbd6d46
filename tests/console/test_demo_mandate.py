"""Who signs in the demonstration: delegations with a term, certifications under them, and done again nothing more."""

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from lienthong.console.demo import ground, mandate
from lienthong.console.demo.crew import crews_of
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.queries import warrants_for
from tests.cast import TAN_HUNG, VINH_HOI
from tests.facilities.statistics.month import NOW

pytestmark = pytest.mark.django_db


def attested() -> list[tuple[str, int | None]]:
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT capacity, delegation_id FROM certification_attestation ORDER BY id")
        return list(cursor.fetchall())


def test_the_delegate_certifies_under_a_paper_until_the_years_end() -> None:
    ground.staff([TAN_HUNG, VINH_HOI], make_password(ground.PASSWORD))
    crews = crews_of([TAN_HUNG, VINH_HOI], NOW.date())
    for _twice in range(2):
        for number, code in enumerate((TAN_HUNG, VINH_HOI)):
            mandate.delegate_certification(crews[code], number=number, on=NOW.date())
        assert mandate.certify(crews[TAN_HUNG], number=0, now=NOW) == 3
        assert mandate.certify(crews[VINH_HOI], number=1, now=NOW) == 0
        signed = attested()
        assert len(signed) == 3
        assert all(capacity == "delegated" and paper for capacity, paper in signed)
    (warrant,) = [
        one
        for one in warrants_for(mandate.COPY, crews[VINH_HOI].unit_id, "sign", NOW)
        if one.capacity == "delegated"
    ]
    assert warrant.post_id in {one.post_id for one in crews[VINH_HOI].kinds["specialist"]}
    assert "minh họa" in warrant.chain[-1].text
    assert warrant.chain[-1].valid_to == f"{NOW.year + 1}-01-01"

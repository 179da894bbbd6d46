"""The operator sets the code that a unit's dossiers are numbered with."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lienthong.core.scope.actions import entered
from lienthong.people.organisation.queries import agency_code_of
from tests.cast import NHA_BE, Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db


def test_new_dossiers_bear_the_code(cast: Cast) -> None:
    said = StringIO()
    call_command("agency_code", NHA_BE, "h29.79.655", stdout=said)
    assert "H29.79.655" in said.getvalue()
    assert received(cast.stranger).code.startswith("H29.79.655-")
    with entered(cast.stranger):
        assert agency_code_of(cast.stranger.unit_id or 0) == "H29.79.655"


@pytest.mark.parametrize(("unit", "code"), [("00000", "H29.1"), (NHA_BE, "mã sai!")])
def test_an_unknown_unit_or_an_impossible_code_is_refused(unit: str, code: str, cast: Cast) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("agency_code", unit, code)
    assert str(refused.value).strip()

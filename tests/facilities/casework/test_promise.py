"""What the database itself keeps: no open case without unit, holder and due date; no unlawful change."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError, ProgrammingError

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.models import Case
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db

BROKEN = [
    {"holder_id": None},
    {"due_at": None},
    {"due_at": None, "remaining": None},
    {"remaining": 60},
    {"outcome": "done"},
    {"hops": 0, "outcome": "halted"},
    {"state": "completed"},
    {"state": "approved"},
]


@pytest.mark.parametrize("change", BROKEN, ids=[str(sorted(c)) for c in BROKEN])
def test_an_open_case_that_breaks_the_promise_cannot_be_stored(cast: Cast, change: dict[str, object]) -> None:
    got = received(cast.clerk)
    with entered(SYSTEM), pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Case.objects.filter(pk=got.dossier_id).update(**change)
    with entered(SYSTEM):
        case = Case.objects.get(pk=got.dossier_id)
    assert case.holder_id and case.due_at and case.remaining is None and case.outcome == ""


@pytest.mark.parametrize("name", ["promised_at", "opened_at"])
def test_the_first_promise_never_changes(cast: Cast, name: str) -> None:
    got = received(cast.clerk)
    with entered(SYSTEM):
        former = getattr(Case.objects.get(pk=got.dossier_id), name)
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Case.objects.filter(pk=got.dossier_id).update(**{name: former + timedelta(days=1)})
        assert getattr(Case.objects.get(pk=got.dossier_id), name) == former


def test_a_case_is_never_deleted(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(SYSTEM):
        with pytest.raises(Exception, match=r"(permission denied|Cannot delete)"), transaction.atomic():
            Case.objects.filter(pk=got.dossier_id)._raw_delete("default")
        assert Case.objects.filter(pk=got.dossier_id).exists()


def test_the_walls_hide_a_case_from_a_stranger_and_from_nobody_in_particular(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.stranger):
        assert not Case.objects.filter(pk=got.dossier_id).exists()
    with entered(cast.second_clerk):
        assert Case.objects.filter(pk=got.dossier_id).exists()
    assert not Case.objects.filter(pk=got.dossier_id).exists()

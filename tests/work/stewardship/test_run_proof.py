"""The nightly proof: what is found is kept once, changes are told, what is gone stays on record."""

from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.notifications.models import Alert
from lienthong.work.stewardship.access import find_finding, findings_open_to
from lienthong.work.stewardship.actions.proving import run_proof
from lienthong.work.stewardship.models import Finding, ProofRun
from tests.cast import NHA_BE, Cast
from tests.work.dossiers.stage import received
from tests.work.stewardship.rows import FIELD, gap, kept

pytestmark = pytest.mark.django_db


def test_a_finding_is_kept_once_and_gone_when_it_is_mended(cast: Cast) -> None:
    unit = cast.clerk.unit_id
    first = kept(gap(unit, "T1"), gap(None, "T1"))
    assert first.appeared == {unit: 1, None: 1} and not first.vanished
    again = kept(gap(unit, "T1"), gap(None, "T1"))
    assert not again.appeared and not again.vanished
    assert kept(gap(None, "T1")).vanished == {unit: 1}
    with entered(SYSTEM):
        mended = Finding.objects.get(unit_id=unit)
        assert mended.gone_at is not None and mended.touched_fields == [FIELD]


def test_one_that_comes_back_is_new_again_and_keeps_its_row(cast: Cast) -> None:
    unit = cast.clerk.unit_id
    kept(gap(unit, "T1"))
    kept()
    assert kept(gap(unit, "T1")).appeared == {unit: 1}
    with entered(SYSTEM):
        assert Finding.objects.filter(unit_id=unit).count() == 1


def test_the_same_cause_in_two_stretches_of_time_is_two_findings(cast: Cast) -> None:
    unit = cast.clerk.unit_id
    first = gap(unit, "T1", since=739_900, until=739_910)
    kept(first, gap(unit, "T1", since=740_000))
    with entered(SYSTEM):
        assert Finding.objects.filter(unit_id=unit, gone_at=None).count() == 2


def test_it_says_how_many_open_cases_it_touches(cast: Cast) -> None:
    case = received(cast.clerk)
    unit = cast.clerk.unit_id
    kept(gap(unit, "1.001193"), gap(cast.stranger.unit_id, "1.001193"))
    with entered(SYSTEM):
        found = dict(Finding.objects.values_list("unit_id", "cases_open"))
    assert found == {unit: 1, cast.stranger.unit_id: 0} and case


def test_a_unit_sees_its_own_the_city_all_and_the_wall_says_so_too(cast: Cast) -> None:
    kept(gap(cast.chair.unit_id, "T1"), gap(None, "T1"))
    with entered(cast.chair):
        own = findings_open_to(cast.chair)
        assert [row.unit_id for row in own] == [cast.chair.unit_id] and Finding.objects.count() == 1
        number = own.get().pk
    stranger = cast.of(f"chutich.{NHA_BE}")
    with entered(stranger):
        assert Finding.objects.count() == 0
        with pytest.raises(NotFound):
            find_finding(stranger, number)
    with entered(cast.city):
        assert findings_open_to(cast.city).count() == 2


def test_the_whole_proof_is_kept_journalled_and_told(cast: Cast) -> None:
    key = uuid4()
    number = run_proof(actor=cast.city, key=key)
    with entered(SYSTEM):
        run = ProofRun.objects.get(pk=number)
        assert run.units == 168 and run.tasks > 250
        assert Finding.objects.filter(gone_at=None).count() == run.found
        assert run.appeared == run.found > 0
        entry = Entry.objects.filter(verb="stewardship.proved").latest("id")
        assert entry.data["found"] == run.found and entry.post_id == cast.city.post_id
        told = Alert.objects.filter(kind="register", mark=f"proof {number}")
        assert not told.filter(post_id=cast.city.post_id).exists()
    assert run_proof(actor=cast.city, key=key) == number
    following = run_proof(actor=SYSTEM)  # the next night tells nobody of what is known
    with entered(SYSTEM):
        again = ProofRun.objects.get(pk=following)
        assert (again.appeared, again.vanished) == (0, 0)
        assert not Alert.objects.filter(mark=f"proof {following}").exists()


def test_a_unit_does_not_start_it(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        run_proof(actor=cast.chair, key=uuid4())
    assert caught.value.refusal.code == "stewardship.prove_not_allowed"


def test_the_index_leads_from_a_delegation_to_its_acts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'journal_entry_delegated'")
        assert "delegation_id" in cursor.fetchone()[0]

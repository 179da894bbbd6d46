"""What a process remembers of the register counts only as long as the register stands."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.queries import ask, forget_register, present_register
from lienthong.core.workdays.queries import now
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.procedures.queries import effective_terms
from lienthong.people.organisation.enums import BodyKind
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.intake import _frame
from lienthong.work.dossiers.actions.process import assign_dossier
from lienthong.work.dossiers.values import Intake
from tests.cast import SIX, Cast
from tests.work.dossiers.stage import PROCEDURE, intake, received

pytestmark = pytest.mark.django_db


def version() -> int:
    return int(ask("SELECT version FROM scope_registerversion")[0][0])


def run(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


WATCHED = (
    ("UPDATE organisation_post SET title = title WHERE id = %s", [1]),
    ("UPDATE organisation_adminunit SET agency_code = agency_code WHERE id = %s", [1]),
    ("UPDATE organisation_absence SET note = note WHERE id = %s", [1]),
    ("UPDATE organisation_appointment SET person_id = person_id WHERE id = %s", [1]),
    ("UPDATE competence_competencerule SET article = article WHERE id = %s", [1]),
    ("UPDATE competence_workassignment SET duty = duty WHERE id = %s", [1]),
    ("UPDATE procedures_localterm SET citation = citation WHERE id = %s", [1]),
    ("UPDATE procedures_procedureversion SET name = name WHERE id = %s", [1]),
    ("UPDATE workdays_officehours SET cutoff = cutoff WHERE id = %s", [1]),
)


@pytest.mark.parametrize(("statement", "values"), WATCHED, ids=[text.split()[1] for text, _ in WATCHED])
def test_every_change_of_the_register_is_a_new_version(statement: str, values: list[int]) -> None:
    before = version()
    run(statement.replace("note = note", "post_id = post_id"), values)
    assert version() > before


def test_a_change_that_was_rolled_back_lends_its_version_to_no_other() -> None:
    seen = set()
    for _ in range(2):
        with transaction.atomic():
            run("UPDATE organisation_post SET title = title WHERE id = %s", [1])
            seen.add(version())
            transaction.set_rollback(True)
    assert len(seen) == 2 and version() not in seen


def test_an_intake_sees_a_change_made_behind_its_back(cast: Cast) -> None:
    """Another process changes the unit's agency code; this one remembers the old, and its next intake has the new."""
    old = received(cast.clerk, number="079190000501").code
    run("UPDATE organisation_adminunit SET agency_code = 'MH.79.99.99' WHERE id = %s", [cast.clerk.unit_id])
    assert received(cast.clerk, number="079190000502").code.startswith("MH.79.99.99-") != old


def test_a_holder_who_changes_is_the_holder_of_the_next_intake(cast: Cast) -> None:
    first = received(cast.clerk, number="079190000503")
    with entered(cast.clerk):
        case = find_dossier(cast.clerk, first.dossier_id).case
    day = now().date()
    run(
        "UPDATE competence_workassignment SET valid_during = daterange(lower(valid_during), %s)"
        " WHERE unit_id = %s AND duty = 'processing' AND NOT isempty(valid_during)"
        " AND lower(valid_during) < %s",
        [day, cast.clerk.unit_id, day],
    )
    second = received(cast.clerk, number="079190000504")
    with entered(cast.clerk):
        again = find_dossier(cast.clerk, second.dossier_id).case
    answer = responsible_for(PROCEDURE, cast.clerk.unit_id or 0, now())
    assert again.holder_id == answer.post_id
    assert case.holder_id is not None


def test_what_is_remembered_is_what_the_register_says(cast: Cast) -> None:
    """For many procedures, units, channels and days: the remembered frame against the register's own statements."""
    compared = 0
    for code in SIX:
        unit_id = cast.unit_id(code)
        for procedure in ("1.001193", "2.000815", "1.004873", "2.000635", "1.001022"):
            for days in (0, 1, 30):
                compared += _same(unit_id, procedure, now() + timedelta(days=days))
    assert compared >= 6 * 3


def _same(unit_id: int, procedure: str, at: datetime) -> int:
    wanted: Intake = intake(procedure=PROCEDURE)
    wanted = Intake(procedure_code=procedure, applicant=wanted.applicant)
    for _ in range(2):  # the second time it is remembered
        try:
            frame = _frame(present_register(), unit_id, wanted, at)
        except Refused:
            return 0
    here = unit_by_id(unit_id, at.date())
    assert frame.here == here == unit_by_code(here.code, at.date())
    assert frame.answer == responsible_for(procedure, unit_id, at)
    assert frame.terms == effective_terms(procedure, here.code, at.date())
    return 1


def test_an_intake_that_finds_no_standing_register_is_told_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changing all the time: nothing is written, and the counter is asked to try again."""
    from lienthong.work.dossiers.actions import intake as room

    register = present_register()
    run("UPDATE organisation_post SET title = title WHERE id = %s", [1])
    monkeypatch.setattr(room, "present_register", lambda: register)
    with pytest.raises(Refused) as refused:
        received(cast.clerk, number="079190000505")
    forget_register()
    assert (refused.value.refusal.code, refused.value.status) == ("register.busy", 503)


def test_who_may_be_given_a_matter_is_asked_anew_when_the_posts_changed(cast: Cast) -> None:
    """A post that was closed a moment ago is given nothing, though this process remembers it."""
    head = cast.head_of(BodyKind.OFFICE)
    posts = [cast.specialist_in(BodyKind.OFFICE, number).acting_post for number in (1, 2)]
    got = received(cast.clerk)
    with entered(head):
        assign_dossier(actor=head, dossier_id=got.dossier_id, key=uuid4(), to_post_id=posts[0])
    run("UPDATE organisation_post SET kind = 'council_chair' WHERE id = %s", [posts[1]])
    with entered(head), pytest.raises(Refused) as refused:
        assign_dossier(actor=head, dossier_id=got.dossier_id, key=uuid4(), to_post_id=posts[1])
    assert refused.value.status == 422

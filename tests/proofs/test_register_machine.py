"""At least 100,000 acts in any order: never two leads, a chain of two, or a warrant outside its term.

Run by `make proofs`.
"""

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from tests.cast import Cast
from tests.mandate.competence.machine import RegisterMachine

STEPS = 100_000
LONG = settings(
    max_examples=40,
    stateful_step_count=150,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
# What must have come about often, else the run proved nothing of it.
OFTEN = {"add_rule", "amend_rule", "end_rule", "assign_work", "reassign", "delegate", "revoke_delegation"}
SEEN = {
    "competence.second_lead",
    "competence.grantor_without_competence",
    "competence.delegation_passed_on",
}


@pytest.fixture
def really(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_no_sequence_of_acts_breaks_the_register(really: None, cast: Cast) -> None:
    began, steps = monotonic(), 0
    done: dict[str, int] = {}
    refused: dict[str, int] = {}
    while steps < STEPS:
        _run(cast)
        steps += RegisterMachine.steps
        _add(done, RegisterMachine.done)
        _add(refused, RegisterMachine.refusals)
    print(f"\n{steps} steps in {monotonic() - began:.0f} s; done {done}; refused {refused}")
    assert set(done) >= OFTEN and done["a delegate may"] > 0
    assert set(refused) >= SEEN


def _run(cast: Cast) -> None:
    """Some examples in one transaction, undone: PostgreSQL need not carry a million savepoints at once."""
    with entered(SYSTEM):
        RegisterMachine.lay(cast)
        run_state_machine_as_test(RegisterMachine, settings=LONG)
        transaction.set_rollback(True)


def _add(whole: dict[str, int], part: dict[str, int]) -> None:
    for word, count in part.items():
        whole[word] = whole.get(word, 0) + count

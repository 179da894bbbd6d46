"""No sequence of acts leads to two leads, to a chain of two, or to an act outside a term: the short run.

The long one is tests/proofs/test_register_machine.py.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from tests.cast import Cast
from tests.mandate.competence.machine import RegisterMachine

SHORT = settings(
    max_examples=8,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_a_short_run_of_the_register_machine(cast: Cast) -> None:
    with entered(SYSTEM):
        RegisterMachine.lay(cast)
        run_state_machine_as_test(RegisterMachine, settings=SHORT)
    assert RegisterMachine.steps >= 100
    assert {"add_rule", "assign_work"} <= set(RegisterMachine.done)


@pytest.mark.django_db
def test_the_machine_tempts_to_a_chain_of_two(cast: Cast) -> None:
    """One step of it that is always refused for that very reason: the long run demands that it came about."""
    with entered(SYSTEM):
        RegisterMachine.lay(cast)
        machine = RegisterMachine()
        machine.tempt(start=0, length=10)
        machine.teardown()
    assert RegisterMachine.refusals == {"competence.delegation_passed_on": 1}
    assert RegisterMachine.done == {"delegate": 1, "add_rule": 1}

"""Keeping the competence register: tasks, rules, bases, assignments of work, delegations, what-if drafts."""

from lienthong.mandate.competence.actions.assignments import assign_work, end_assignment, reassign
from lienthong.mandate.competence.actions.bases import add_basis, end_basis
from lienthong.mandate.competence.actions.delegations import delegate, revoke_delegation
from lienthong.mandate.competence.actions.drafts import add_change, close_draft, open_draft, withdraw_change
from lienthong.mandate.competence.actions.norms import add_norm, end_norm
from lienthong.mandate.competence.actions.rules import add_rule, amend_rule, end_rule
from lienthong.mandate.competence.actions.seeds import load_seeds
from lienthong.mandate.competence.actions.tasks import keep_tasks, register_task

__all__ = [
    "add_basis",
    "add_change",
    "add_norm",
    "add_rule",
    "amend_rule",
    "assign_work",
    "close_draft",
    "delegate",
    "end_assignment",
    "end_basis",
    "end_norm",
    "end_rule",
    "keep_tasks",
    "load_seeds",
    "open_draft",
    "reassign",
    "register_task",
    "revoke_delegation",
    "withdraw_change",
]

"""Addresses of the competence register, as officers read and keep it."""

from django.urls import path

from lienthong.mandate.competence.views import (
    assignments,
    bases,
    changes,
    delegations,
    drafts,
    home,
    instruments,
    rules,
    sheets,
    tasks,
)

urlpatterns = [
    path("", home.competence_home, name="competence_home"),
    path("who/", home.competence_who, name="competence_who"),
    path("tasks/", tasks.competence_tasks, name="competence_tasks"),
    path("tasks/register/", tasks.competence_task_register, name="competence_task_register"),
    path("tasks/<str:task_code>/", tasks.competence_task, name="competence_task"),
    path("bases/add/", bases.competence_basis_add, name="competence_basis_add"),
    path("bases/<int:basis_id>/end/", bases.competence_basis_end, name="competence_basis_end"),
    path("instruments/", instruments.competence_instruments, name="competence_instruments"),
    path(
        "instruments/<int:instrument_id>/end/",
        instruments.competence_instrument_end,
        name="competence_instrument_end",
    ),
    path("rules/", rules.competence_rules, name="competence_rules"),
    path("rules/add/", rules.competence_rule_add, name="competence_rule_add"),
    path("rules/<int:rule_id>/", rules.competence_rule, name="competence_rule"),
    path("rules/<int:rule_id>/end/", rules.competence_rule_end, name="competence_rule_end"),
    path("rules/<int:rule_id>/amend/", rules.competence_rule_amend, name="competence_rule_amend"),
    path("assignments/", assignments.competence_assignments, name="competence_assignments"),
    path("assignments/reassign/", assignments.competence_reassign, name="competence_reassign"),
    path(
        "assignments/<int:assignment_id>/end/",
        assignments.competence_assignment_end,
        name="competence_assignment_end",
    ),
    path("delegations/", delegations.competence_delegations, name="competence_delegations"),
    path("delegations/grant/", delegations.competence_delegation_grant, name="competence_delegation_grant"),
    path("delegations/<int:delegation_id>/", delegations.competence_delegation, name="competence_delegation"),
    path(
        "delegations/<int:delegation_id>/revoke/",
        delegations.competence_delegation_revoke,
        name="competence_delegation_revoke",
    ),
    path("drafts/", drafts.competence_drafts, name="competence_drafts"),
    path("drafts/open/", drafts.competence_draft_open, name="competence_draft_open"),
    path("drafts/<int:draft_id>/", drafts.competence_draft, name="competence_draft"),
    path("drafts/<int:draft_id>/add/", changes.competence_change_add, name="competence_change_add"),
    path("drafts/<int:draft_id>/close/", drafts.competence_draft_close, name="competence_draft_close"),
    path(
        "drafts/changes/<int:change_id>/withdraw/",
        changes.competence_change_withdraw,
        name="competence_change_withdraw",
    ),
    path("export/<str:part>/", sheets.competence_export, name="competence_export"),
    path("import/<str:part>/", sheets.competence_import, name="competence_import"),
]

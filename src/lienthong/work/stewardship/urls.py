"""Addresses of the register's steward: findings, matrix, a unit's work, drafts checked, reports."""

from django.urls import path

from lienthong.work.stewardship.views import drafts, findings, matrix, unit

urlpatterns = [
    path("", findings.finding_list, name="finding_list"),
    path("run/", findings.finding_run, name="finding_run"),
    path("<int:finding_id>/", findings.finding_page, name="finding_page"),
    path("<int:finding_id>/cases/", findings.finding_cases, name="finding_cases"),
    path("matrix/", matrix.finding_matrix, name="finding_matrix"),
    path("matrix/xlsx/", matrix.finding_matrix_sheet, name="finding_matrix_sheet"),
    path("work/", unit.work_of_unit, name="work_of_unit"),
    path("regulations/draw/", unit.draw_working_regulation, name="draw_working_regulation"),
    path("regulations/<int:regulation_id>/", unit.working_regulation, name="working_regulation"),
    path("reports/<int:report_id>/", unit.delegation_report, name="delegation_report"),
    path("drafts/<int:draft_id>/", drafts.draft_proof, name="draft_proof"),
    path("drafts/<int:draft_id>/prove/", drafts.draft_prove, name="draft_prove"),
    path("drafts/<int:draft_id>/cases/", drafts.draft_cases, name="draft_cases"),
]

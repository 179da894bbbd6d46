"""Addresses of administration: who works here, how the office is set, what is brought along, whether all is ready."""

from django.urls import path

from lienthong.fronts.administration.views import (
    accounts,
    home,
    readiness,
    settings,
    staff,
    staff_acts,
    staff_import,
    takeover,
)

urlpatterns = [
    path("", home.administration_home, name="administration_home"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/xlsx/", staff_import.staff_sheet_view, name="staff_sheet"),
    path("staff/template/", staff_import.staff_template, name="staff_template"),
    path("staff/import/", staff_import.staff_import, name="staff_import"),
    path("staff/posts/add/", staff_acts.staff_add_post, name="staff_add_post"),
    path("staff/accounts/", accounts.former_accounts, name="former_accounts"),
    *(
        path(
            f"staff/accounts/<int:account_id>/{verb}/",
            accounts.former_act,
            {"verb": verb},
            name=f"former_{verb}",
        )
        for verb in ("lock", "unlock")
    ),
    path("staff/slips/", staff_acts.staff_slips, name="staff_slips"),
    path("staff/posts/<int:post_id>/", staff.staff_post, name="staff_post"),
    *(
        path(f"staff/posts/<int:post_id>/{act.verb}/", staff_acts.staff_act, {"name": name}, name=name)
        for name, act in staff_acts.ACTS.items()
    ),
    path("takeover/", takeover.take_over, name="take_over"),
    path("readiness/", readiness.readiness_board, name="readiness_board"),
    path("readiness/<str:unit_code>/", readiness.readiness_unit, name="readiness_unit"),
    path("readiness/<str:unit_code>/go_live/", readiness.readiness_go_live, name="readiness_go_live"),
    path("readiness/<str:unit_code>/<str:item>/", readiness.readiness_item, name="readiness_item"),
    path("settings/", settings.office_settings, name="office_settings"),
    path("settings/day/", settings.settings_day, name="settings_day"),
    path("settings/sheets/<str:sheet>/", settings.settings_sheet, name="settings_sheet"),
]

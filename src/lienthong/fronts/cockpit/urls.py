"""The city's page, its lists and spreadsheets, the map's shapes, units of like size, the wall, the weekly report."""

from django.urls import path

from lienthong.fronts.cockpit.views import city, wall
from lienthong.fronts.cockpit.views.report import weekly_report

urlpatterns = [
    path("", city.cockpit, name="cockpit"),
    path("xlsx/", city.cockpit_sheet, name="cockpit_sheet"),
    path("list/", city.cockpit_rows, name="cockpit_rows"),
    path("list/xlsx/", city.cockpit_rows_sheet, name="cockpit_rows_sheet"),
    path("shapes/", city.cockpit_shapes, name="cockpit_shapes"),
    path("peers/", city.cockpit_peers, name="cockpit_peers"),
    path("wall/", wall.cockpit_wall, name="cockpit_wall"),
    path("wall/panel/", wall.cockpit_wall_panel, name="cockpit_wall_panel"),
    path("weekly/", weekly_report, name="weekly_report"),
]

"""The unit's figures, the lists behind them, and both as spreadsheets."""

from django.urls import path

from lienthong.fronts.overview import views

urlpatterns = [
    path("", views.unit_overview, name="unit_overview"),
    path("xlsx/", views.unit_sheet, name="unit_sheet"),
    path("list/", views.figure_rows, name="figure_rows"),
    path("list/xlsx/", views.figure_sheet, name="figure_sheet"),
]

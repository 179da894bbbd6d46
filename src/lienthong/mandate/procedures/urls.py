"""Addresses of the catalogue as the office keeps it."""

from django.urls import path

from lienthong.mandate.procedures.views import catalogue, setting

urlpatterns = [
    path("", catalogue.office_procedures, name="office_procedures"),
    path("<str:code>/", catalogue.office_procedure, name="office_procedure"),
    path("<str:code>/set/<str:term>/", setting.set_local_term, name="set_local_term"),
]

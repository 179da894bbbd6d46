"""Addresses of the open web, in the words of those who type them."""

from django.urls import path, re_path

from lienthong.fronts.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("ngon-ngu/<str:language>/", views.choose_language, name="choose_language"),
    path("tra-cuu/", views.lookup, name="lookup"),
    re_path(r"^tra-cuu/(?P<token>[0-9a-f]{32})/$", views.lookup_by_receipt, name="lookup_by_receipt"),
    path("thu-tuc/", views.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>/", views.procedure, name="procedure"),
    path("ai-giai-quyet/", views.who_page, name="who_page"),
    path("don-vi/", views.units, name="units"),
    path("don-vi/<str:code>/", views.unit_page, name="unit_page"),
]

"""Addresses of the officers' own pages."""

from django.urls import path

from lienthong.fronts.desk.views import answer, counter, search, work

urlpatterns = [
    path("", work.desk_home, name="desk_home"),
    path("start/", work.desk_start, name="desk_start"),
    path("search/", search.desk_search, name="desk_search"),
    path("counter/", counter.counter, name="counter"),
    path("counter/person/", counter.counter_person, name="counter_person"),
    path("counter/procedures/", counter.counter_procedures, name="counter_procedures"),
    path("counter/places/", counter.counter_places, name="counter_places"),
    path("counter/terms/", counter.counter_terms, name="counter_terms"),
    path("counter/<int:dossier_id>/answer/", answer.counter_answer, name="counter_answer"),
]

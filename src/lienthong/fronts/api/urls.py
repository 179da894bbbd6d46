"""Pages of the API for people. What programs call stands in views/, behind views/gate.py."""

from django.urls import path

from lienthong.fronts.api.views import documentation, problems

urlpatterns = [
    path("v1/docs", documentation.docs_page, name="api_docs"),
    path("problems/<str:code>", problems.problem_page, name="api_problem"),
]

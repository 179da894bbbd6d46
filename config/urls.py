"""Every URL of the product, room by room. Closed unless its view is marked (people/identity/middleware.py)."""

from django.urls import include, path

urlpatterns = [
    path("", include("lienthong.fronts.public.urls")),
    path("desk/", include("lienthong.fronts.desk.urls")),
    path("overview/", include("lienthong.fronts.overview.urls")),
    path("cockpit/", include("lienthong.fronts.cockpit.urls")),
    path("dossiers/", include("lienthong.work.dossiers.urls")),
    path("certification/", include("lienthong.work.certification.urls")),
    path("papers/", include("lienthong.facilities.documents.urls")),
    path("procedures/", include("lienthong.mandate.procedures.urls")),
    path("register/", include("lienthong.mandate.competence.urls")),
    path("fees/", include("lienthong.facilities.fees.urls")),
    path("messages/", include("lienthong.facilities.notifications.urls")),
    path("administration/", include("lienthong.fronts.administration.urls")),
    path("stewardship/", include("lienthong.work.stewardship.urls")),
    path("exchange/", include("lienthong.facilities.exchange.urls")),
    path("api/", include("lienthong.fronts.api.urls")),
    path("account/", include("lienthong.people.identity.urls")),
]

handler403 = "lienthong.fronts.public.views.forbidden"
handler404 = "lienthong.fronts.public.views.not_found"
handler500 = "lienthong.fronts.public.views.broken"

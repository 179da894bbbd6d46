"""Addresses of the joint to other systems, for the city's officers."""

from django.urls import path

from lienthong.facilities.exchange.views import clients, deliveries, secrets

urlpatterns = [
    path("", clients.exchange_page, name="exchange_page"),
    path("clients/register/", clients.register_client, name="register_client"),
    path("clients/<int:client_id>/", clients.client_page, name="client_page"),
    path("clients/<int:client_id>/stop/", clients.stop_client, name="stop_client"),
    path("clients/<int:client_id>/resume/", clients.resume_client, name="resume_client"),
    path("clients/<int:client_id>/issue-token/", secrets.issue_token, name="issue_token"),
    path("clients/<int:client_id>/subscribe/", secrets.subscribe, name="subscribe"),
    path("clients/<int:client_id>/resend/", deliveries.resend_all, name="resend_all"),
    path("tokens/<int:token_id>/revoke/", secrets.revoke_token, name="revoke_token"),
    path("subscriptions/<int:subscription_id>/rotate/", secrets.rotate_secret, name="rotate_secret"),
    path("subscriptions/<int:subscription_id>/pause/", secrets.pause_subscription, name="pause_subscription"),
    path(
        "subscriptions/<int:subscription_id>/resume/", secrets.resume_subscription, name="resume_subscription"
    ),
    path("deliveries/<int:delivery_id>/resend/", deliveries.resend_delivery, name="resend_delivery"),
    path("stumbles/<str:listener>/<int:entry_id>/retry/", deliveries.retry_stumble, name="retry_stumble"),
]

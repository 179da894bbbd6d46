"""Addresses of messages to citizens and of officers' alerts."""

from django.urls import path

from lienthong.facilities.notifications.views import alerts, channel, messages, steering

urlpatterns = [
    path("", messages.message_list, name="message_list"),
    path("<int:message_id>/resend/", messages.message_resend, name="message_resend"),
    path("cases/<int:case_id>/channel/", channel.message_channel, name="message_channel"),
    path("templates/", steering.message_templates, name="message_templates"),
    path("templates/<str:template>/", steering.message_template, name="message_template"),
    path("rule/", steering.message_rule, name="message_rule"),
    path("test/", steering.message_test, name="message_test"),
    path("alerts/", alerts.alert_list, name="alert_list"),
    path("alerts/bell/", alerts.alert_bell, name="alert_bell"),
    path("alerts/read/", alerts.alerts_read, name="alerts_read"),
    path("alerts/mail/", alerts.digest_mail, name="digest_mail"),
]

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "lienthong.facilities.notifications"
    label = "notifications"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        duties = ("reception", "overview", "administration", "city")
        registry.register_nav(values.NavItem(_("Tin nhắn"), "message_list", duties, order=80))
        register = import_module(f"{self.name}.actions.registering")
        enums = import_module(f"{self.name}.enums")
        register.register_alert("case.offered", enums.AlertKind.OFFERED, enums.AlertTo.DISPATCH)

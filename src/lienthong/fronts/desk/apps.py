from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "lienthong.fronts.desk"
    label = "desk"

    def ready(self) -> None:
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_nav(values.NavItem(_("Quầy tiếp nhận"), "counter", ("reception",), order=10))
        registry.register_nav(values.NavItem(_("Việc của tôi"), "desk_home", order=20))

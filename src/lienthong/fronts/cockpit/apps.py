from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CockpitConfig(AppConfig):
    name = "lienthong.fronts.cockpit"
    label = "cockpit"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_nav(values.NavItem(_("Toàn thành phố"), "cockpit", ("city",), order=20))

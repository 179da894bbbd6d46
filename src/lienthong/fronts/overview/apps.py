from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    name = "lienthong.fronts.overview"
    label = "overview"

    def ready(self) -> None:
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_nav(values.NavItem(_("Tình hình đơn vị"), "unit_overview", ("overview",), order=50))

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "lienthong.facilities.exchange"
    label = "exchange"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_nav(values.NavItem(_("Trao đổi"), "exchange_page", ("city",), order=80))

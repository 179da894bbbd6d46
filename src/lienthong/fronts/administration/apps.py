from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    name = "lienthong.fronts.administration"
    label = "administration"

    def ready(self) -> None:
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        duties = ("administration", "city")
        registry.register_nav(values.NavItem(_("Quản trị"), "administration_home", duties, order=70))

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

READERS = ("reception", "processing", "dispatch", "approval", "administration", "overview", "city")


class ProceduresConfig(AppConfig):
    name = "lienthong.mandate.procedures"
    label = "procedures"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_nav(values.NavItem(_("Danh mục thủ tục"), "office_procedures", READERS, order=60))

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StewardshipConfig(AppConfig):
    name = "lienthong.work.stewardship"
    label = "stewardship"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        duties = ("city", "administration", "approval", "dispatch")
        registry.register_nav(values.NavItem(_("Kiểm tra thẩm quyền"), "finding_list", duties, order=66))

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificationConfig(AppConfig):
    name = "lienthong.work.certification"
    label = "certification"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        rules = import_module(f"{self.name}.rules")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_kind(
            values.Kind(rules.KIND, _("Chứng thực"), rules.LIFECYCLE, "certification_page")
        )
        for entry in (
            values.NavItem(_("Chứng thực"), "certification_new", ("reception",), order=15),
            values.NavItem(_("Ký chứng thực"), "signing", ("approval",), order=32),
        ):
            registry.register_nav(entry)

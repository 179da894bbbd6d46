from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "lienthong.work.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        import_module(f"{self.name}.events")
        rules = import_module(f"{self.name}.rules")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_kind(values.Kind(rules.KIND, _("Hồ sơ một cửa"), rules.LIFECYCLE, "dossier_page"))
        for entry in (
            values.NavItem(_("Chờ phê duyệt"), "approval_queue", ("approval",), order=30),
            values.NavItem(_("Phân xử"), "dispute_list", ("city",), order=40),
            values.NavItem(
                _("Sổ theo dõi"), "dossier_register", ("reception", "overview", "records"), order=70
            ),
        ):
            registry.register_nav(entry)

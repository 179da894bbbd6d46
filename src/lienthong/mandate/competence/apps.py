from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

READERS = ("reception", "processing", "dispatch", "approval", "administration", "overview", "city")


class CompetenceConfig(AppConfig):
    name = "lienthong.mandate.competence"
    label = "competence"

    def ready(self) -> None:
        import_module("lienthong.mandate.competence.events")
        registry = import_module("lienthong.core.registry.actions")
        values = import_module("lienthong.core.registry.values")
        registry.register_nav(values.NavItem(_("Thẩm quyền"), "competence_home", READERS, order=65))

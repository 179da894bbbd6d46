from importlib import import_module

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "lienthong.core.numbering"
    label = "numbering"

    def ready(self) -> None:
        import_module("lienthong.core.numbering.events")

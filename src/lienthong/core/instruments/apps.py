from importlib import import_module

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "lienthong.core.instruments"
    label = "instruments"

    def ready(self) -> None:
        import_module("lienthong.core.instruments.events")

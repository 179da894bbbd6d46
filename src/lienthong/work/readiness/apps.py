from importlib import import_module

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "lienthong.work.readiness"
    label = "readiness"

    def ready(self) -> None:
        import_module(f"{self.name}.events")

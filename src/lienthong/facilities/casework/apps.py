from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "lienthong.facilities.casework"
    label = "casework"

    def ready(self) -> None:
        import_module(f"{self.name}.events")

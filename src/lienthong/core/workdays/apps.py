from importlib import import_module

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "lienthong.core.workdays"
    label = "workdays"

    def ready(self) -> None:
        import_module("lienthong.core.workdays.events")

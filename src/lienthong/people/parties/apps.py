from importlib import import_module

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "lienthong.people.parties"
    label = "parties"

    def ready(self) -> None:
        import_module("lienthong.people.parties.events")

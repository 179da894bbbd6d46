from importlib import import_module

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "lienthong.people.organisation"
    label = "organisation"

    def ready(self) -> None:
        import_module("lienthong.people.organisation.events")

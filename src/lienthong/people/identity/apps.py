from importlib import import_module

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "lienthong.people.identity"
    label = "identity"

    def ready(self) -> None:
        import_module("lienthong.people.identity.events")

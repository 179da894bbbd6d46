from importlib import import_module

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "lienthong.mandate.competence"
    label = "competence"

    def ready(self) -> None:
        import_module("lienthong.mandate.competence.events")

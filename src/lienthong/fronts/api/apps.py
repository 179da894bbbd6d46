from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "lienthong.fronts.api"
    label = "api"

from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "lienthong.work.stewardship"
    label = "stewardship"

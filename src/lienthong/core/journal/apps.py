from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "lienthong.core.journal"
    label = "journal"

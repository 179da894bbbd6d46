"""The look: layout, tokens, form parts. Knows no room's rows."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Khung giao diện (shell): what every page wears."""

    name = "lienthong.core.shell"
    label = "shell"

"""The rooms above tell, when they are loaded, which of their events is told to whom. In memory: nothing is stored."""

from lienthong.facilities.notifications.enums import AlertKind, AlertTo, TemplateName
from lienthong.facilities.notifications.values import ALARMS, TEMPLATES, Alarm


def register_message(event: str, template: str) -> None:
    """Let an event send the applicant this message. Raises ValueError where it already sends another one."""
    name = TemplateName(template)
    if TEMPLATES.setdefault(event, name) != name:
        raise ValueError(f"two messages for {event}")


def register_alert(event: str, kind: str, to: str) -> None:
    """Let an event alert officers. Raises ValueError where it already alerts others."""
    alarm = Alarm(AlertKind(kind), AlertTo(to))
    if ALARMS.setdefault(event, alarm) != alarm:
        raise ValueError(f"two alerts for {event}")

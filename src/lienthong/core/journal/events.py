"""The events of all rooms, each with the sentence in which a timeline tells it."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Event:
    """An event's stable name ("dossier.received") and its sentence; {placeholders} name keys of the data."""

    name: str
    sentence: str


_EVENTS: dict[str, Event] = {}


def register_events(*events: Event) -> None:
    """Make events known; each room does so when it is loaded. Raises ValueError on a second sentence."""
    for event in events:
        if _EVENTS.get(event.name, event) != event:
            raise ValueError(f"two sentences for {event.name}")
        _EVENTS[event.name] = event


def check_event(name: str) -> Event:
    """The event of this name. Raises LookupError where no room has registered it."""
    if name not in _EVENTS:
        raise LookupError(f"unregistered event {name}")
    return _EVENTS[name]


def all_events() -> tuple[Event, ...]:
    """Every registered event, by name."""
    return tuple(_EVENTS[name] for name in sorted(_EVENTS))


register_events(
    Event("journal.particulars_erased", _("Xóa dữ liệu cá nhân của một dòng nhật ký")),
    Event("journal.stumble_retried", _("Cho xử lý lại một dòng nhật ký bị lỗi ở {listener}")),
)

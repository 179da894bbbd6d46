"""What can happen to the figures, in sentences."""

from lienthong.core.journal.events import Event, register_events

register_events(Event("statistics.day_rolled", "Chốt số liệu ngày {day}"))

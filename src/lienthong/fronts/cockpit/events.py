"""What can happen to the city's map, in sentences."""

from lienthong.core.journal.events import Event, register_events

register_events(Event("cockpit.boundaries_imported", "Nạp ranh giới {units} đơn vị, nguồn: {source}"))

"""Recording acts, readings and commands; following the journal."""

from lienthong.core.journal.actions.commands import begin_command, finish_command
from lienthong.core.journal.actions.entries import erase_particulars, record
from lienthong.core.journal.actions.following import follow
from lienthong.core.journal.actions.readings import flush_readings, note_reading, note_reading_apart

__all__ = [
    "begin_command",
    "erase_particulars",
    "finish_command",
    "flush_readings",
    "follow",
    "note_reading",
    "note_reading_apart",
    "record",
]

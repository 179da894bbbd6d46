"""Recording acts, readings and commands; following the journal."""

from lienthong.core.journal.actions.batch import record_all
from lienthong.core.journal.actions.commands import begin_command, finish_command, former_result, mark_of
from lienthong.core.journal.actions.entries import erase_particulars, freeze, record, recording
from lienthong.core.journal.actions.following import follow
from lienthong.core.journal.actions.readings import flush_readings, note_reading, note_reading_apart

__all__ = [
    "begin_command",
    "erase_particulars",
    "finish_command",
    "flush_readings",
    "follow",
    "former_result",
    "freeze",
    "mark_of",
    "note_reading",
    "note_reading_apart",
    "record",
    "record_all",
    "recording",
]

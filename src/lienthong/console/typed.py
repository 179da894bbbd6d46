"""What an operator types after a command: read as the house reads it, refused in one sentence."""

from datetime import date

from django.core.management.base import CommandError

from lienthong.lib.dates import DateError, read_date


def typed_day(text: str) -> date:
    """A day as typed, 02/11/2026 or 2026-11-02. Raises CommandError."""
    try:
        return read_date(text.strip())
    except DateError as error:
        raise CommandError(error.sentence) from error

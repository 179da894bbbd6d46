"""Fields of every form: a day as a person writes it."""

from datetime import date

from django import forms

from lienthong.lib.dates import DateError, parse_date, read_date


class Day(forms.CharField):
    """A date as an office types it: 05/03/2026, 5-3-2026 or 05032026; may be left out."""

    read = staticmethod(parse_date)

    def clean(self, value: str) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except DateError as error:
            raise forms.ValidationError(error.sentence, error.code) from error


class LinkedDay(Day):
    """A day as typed; also 2026-03-05, as links carry it."""

    read = staticmethod(read_date)

"""The shape of what the steward's pages post."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import LinkedDay


class KeyForm(forms.Form):
    """A command without any field but its key."""

    key = forms.UUIDField(
        error_messages={"required": _("Trang đã cũ. Hãy tải lại trang rồi làm lại.")},
        widget=forms.HiddenInput,
    )


class DayForm(KeyForm):
    """A day: of a unit's work, of a regulation."""

    on = LinkedDay(label=_("Ngày"), required=False, max_length=10)

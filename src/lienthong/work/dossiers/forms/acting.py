"""What every act's form carries: the command's key and the version of the dossier that its page showed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from lienthong.core.registry.values import Refusal
    from lienthong.core.scope.values import Actor
    from lienthong.work.dossiers.models import Dossier

CARRIED = ("key", "version")


class ActForm(forms.Form):
    """An act without further words. `dossier` and `actor` are there for forms that offer choices."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, dossier: "Dossier", actor: "Actor", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.actor = dossier, actor
        self.choose()

    def choose(self) -> None:
        """Set choices and first values from the dossier; nothing by default."""

    def given(self) -> dict[str, Any]:
        """The words of the act, by the names of the action's arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CARRIED}

    def carried(self, refusals: "Sequence[Refusal]" = ()) -> dict[str, Any]:
        """The key and version that a form carries when it is shown.

        Once more the same ones, so that a second try is the same command; the present version where the
        officer has just been told who came first, and a new key where the old one belongs to another act.
        """
        codes = {refusal.code for refusal in refusals}
        if not self.is_bound or "key.reused" in codes or not self.data.get("key"):
            return {"key": uuid4(), "version": self.dossier.case.version}
        told = "dossier.changed" in codes
        version = self.dossier.case.version if told else self.data.get("version", "")
        return {"key": self.data["key"], "version": version}


class MultipleFileInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """A list of uploaded files; what they hold is for the action to judge."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=MultipleFileInput(), allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself; none is an error where one is required."""
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(MultipleFileField, self).clean(one, initial) for one in files]


def wording(
    label: Any, *, rows: int = 0, required: bool = True, hint: Any = "", most: int = 4000
) -> forms.CharField:
    """A line of text, or an area of some rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)

"""Attaching files and using a paper again that the person has already given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.work.dossiers.forms.acting import ActForm, MultipleFileField, wording


class AttachForm(ActForm):
    """Which paper, and its files."""

    paper = forms.ChoiceField(label=_("Là giấy tờ nào"), required=False)
    other = wording(_("Tên giấy tờ khác"), required=False, most=300)
    uploads = MultipleFileField(
        label=_("Tệp"),
        help_text=_("PDF, ảnh JPEG, PNG, TIFF, Word, Excel hoặc ODT; mỗi tệp không quá 20 MB."),
        error_messages={"required": _("Hãy chọn ít nhất một tệp.")},
    )

    def choose(self) -> None:
        """The papers of the procedure; another one is named."""
        names = [row["name"] for row in self.dossier.papers]
        self.fields["paper"].choices = [*((n, n) for n in names), ("", _("Giấy tờ khác (ghi tên ở dưới)"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A paper has a name."""
        known = super().clean() or {}
        if not (known.get("paper") or known.get("other", "").strip()):
            self.add_error("other", _("Hãy chọn giấy tờ, hoặc ghi tên giấy tờ."))
        return known

    def paper_name(self) -> str:
        """The name under which the files are kept."""
        return str(self.cleaned_data["paper"] or self.cleaned_data["other"].strip())


class ReuseForm(ActForm):
    """Which of the held papers is used again."""

    attachment_ids = forms.TypedMultipleChoiceField(
        label=_("Giấy tờ đã có"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một giấy tờ.")},
    )

    def __init__(self, *args: Any, held: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {one.attachment_id: one for one in held}
        self.fields["attachment_ids"].choices = [  # type: ignore[attr-defined]
            (one.attachment_id, f"{one.paper} ({one.file_name}, {one.added_at:%d/%m/%Y})") for one in held
        ]

    def given(self) -> dict[str, Any]:
        """The chosen papers, what is known of them, and whose they are."""
        return {**super().given(), "held": self.held, "party_id": self.dossier.applicant_id}

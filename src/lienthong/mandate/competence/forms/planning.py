"""A draft and its changes, one form a kind of change."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.shell.forms import Day
from lienthong.mandate.competence.enums import ChangeKind
from lienthong.mandate.competence.forms.entering import (
    SURE,
    Choices,
    KeyForm,
    RuleForm,
    day_field,
    text_field,
)


class DraftForm(KeyForm):
    """Mở phương án giả định."""

    name = text_field(_("Tên phương án"), 200)
    note = forms.CharField(
        label=_("Ghi chú"), required=False, widget=forms.Textarea({"rows": 3}), max_length=2000
    )


class ChangeForm(KeyForm):
    """Một thay đổi: the fields of its kind, how sure, and why."""

    confidence = forms.ChoiceField(label=_("Độ chắc chắn"), choices=SURE, initial=Confidence.ASSUMPTION)
    note = text_field(_("Ghi chú"), 300, required=False)

    def stored(self) -> dict[str, Any]:
        """The change as it is stored: ids as numbers, days as written by machines."""
        return {
            name: _stored(self.cleaned_data[name], field)
            for name, field in self.fields.items()
            if name not in ("key", "confidence", "note")
        }


class RuleChangeForm(RuleForm):
    """Giả định một quy định mới: the lead, by its instrument; how sure, and why."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("role", "article", "division"):
            del self.fields[name]

    def stored(self) -> dict[str, Any]:
        """The change as it is stored."""
        given = self.cleaned_data
        return {
            "subject_key": given["subject_key"],
            "reach_key": given["reach_key"],
            "body_kind": given["body_kind"],
            "post_kind": given["post_kind"],
            "instrument": int(given["instrument"]),
            **_span(given),
        }


class BasisChangeForm(ChangeForm):
    """Giả định một nhiệm vụ, lĩnh vực dựa trên văn bản."""

    subject_key = forms.ChoiceField(label=_("Lĩnh vực"), error_messages={"required": _("Hãy chọn lĩnh vực.")})
    instrument = forms.TypedChoiceField(label=_("Văn bản"), coerce=int)
    article = text_field(_("Điều, khoản"), 120, required=False)
    valid_from = day_field(_("Áp dụng từ ngày"))
    valid_to = day_field(_("Hết hiệu lực từ ngày"), required=False)

    def stored(self) -> dict[str, Any]:
        """The change as it is stored."""
        given = self.cleaned_data
        same = {name: given[name] for name in ("subject_key", "instrument", "article")}
        return {**same, **_span(given)}


class OnDayForm(ChangeForm):
    """Một thứ thay đổi từ một ngày: its field is named by the kind."""

    on = day_field(_("Từ ngày"))


class VacantForm(ChangeForm):
    """Vị trí trống trong một thời gian."""

    post = forms.TypedChoiceField(label=_("Vị trí"), coerce=int)
    valid_from = day_field(_("Trống từ ngày"))
    valid_to = day_field(_("Có người từ ngày"), required=False)

    def stored(self) -> dict[str, Any]:
        """The change as it is stored."""
        return {"post": self.cleaned_data["post"], **_span(self.cleaned_data)}


class MergeForm(ChangeForm):
    """Sáp nhập đơn vị."""

    units = forms.TypedMultipleChoiceField(
        label=_("Các đơn vị nhập vào"),
        coerce=int,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("Giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    into = forms.TypedChoiceField(label=_("Thành đơn vị"), coerce=int)
    on = day_field(_("Từ ngày"))


# What a kind names beside its day, and how the page calls it.
NAMED: Mapping[str, tuple[str, Any]] = {
    ChangeKind.INSTRUMENT_ENDS: ("instrument", _("Văn bản")),
    ChangeKind.INSTRUMENT_EXTENDS: ("instrument", _("Văn bản")),
    ChangeKind.RULE_ENDED: ("rule", _("Quy định")),
    ChangeKind.ASSIGNMENT_ENDED: ("assignment", _("Phân công")),
    ChangeKind.DELEGATION_ENDED: ("delegation", _("Ủy quyền")),
}


def change_form(kind: str, choices: Mapping[str, Choices], posted: Any, **rule: Any) -> Any:
    """The form of a kind of change; `choices` by the name of the field, `rule` what a rule's form takes."""
    if kind == ChangeKind.RULE_ADDED:
        return RuleChangeForm(posted, initial={"confidence": Confidence.ASSUMPTION}, **rule)
    made = {
        ChangeKind.BASIS_ADDED: BasisChangeForm,
        ChangeKind.POST_VACANT: VacantForm,
        ChangeKind.UNITS_MERGED: MergeForm,
    }
    form = made.get(ChangeKind(kind), OnDayForm)(posted)
    if kind in NAMED:
        name, label = NAMED[kind]
        form.fields[name] = forms.TypedChoiceField(label=label, coerce=int)
        form.order_fields([name, "on"])
    if kind == ChangeKind.INSTRUMENT_EXTENDS:
        form.fields["on"] = day_field(_("Kéo dài đến trước ngày"), required=False)
    for name in set(form.fields) & set(choices):
        field = form.fields[name]
        is_one = not isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [*([("", _("chọn"))] if is_one else []), *choices[name]]  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Hãy chọn một mục.")
    if kind in made:
        form.order_fields(
            ["subject_key", "instrument", "article", "post", "units", "into", "valid_from", "valid_to", "on"]
        )
    return form


def _span(given: Mapping[str, Any]) -> dict[str, Any]:
    end = given["valid_to"]
    return {"from": given["valid_from"].isoformat(), "to": end.isoformat() if end else None}


def _stored(value: Any, field: forms.Field) -> Any:
    return value.isoformat() if isinstance(field, Day) and value else value or None

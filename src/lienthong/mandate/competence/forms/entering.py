"""A task, a rule, a basis, an instrument's end, as the city's officer types them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.shell.forms import Day
from lienthong.mandate.competence.enums import Division, Reach, RuleRole
from lienthong.people.organisation.enums import BodyKind, PostKind, UnitType

KEY_MISSING = {"required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")}
Choices = Sequence[tuple[str, Any]]
SURE = [(word, label) for word, label in Confidence.choices if word != Confidence.ILLUSTRATIVE]
COMMUNE_TYPES = [(one.value, one.label) for one in (UnitType.WARD, UnitType.COMMUNE, UnitType.SPECIAL_ZONE)]
TYPED = {"autocomplete": "off"}
DAY = {"autocomplete": "off", "inputmode": "numeric", "placeholder": "01/03/2027"}


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> Day:
    """A day as typed."""
    missing = {"required": _("Hãy ghi ngày, ví dụ 01/03/2027.")}
    return Day(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(DAY),
        error_messages=missing,
    )


def text_field(label: Any, longest: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(TYPED),
        error_messages={"required": _("Chưa ghi ô này.")},
    )


class KeyForm(forms.Form):
    """Việc chỉ cần bấm nút."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=KEY_MISSING)


class SubjectForm(KeyForm):
    """Một nhiệm vụ hoặc một lĩnh vực: one of the two."""

    task = text_field(
        _("Mã nhiệm vụ"), 40, required=False, help_text=_("Để trống nếu quy định cho cả lĩnh vực.")
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"), required=False)

    def __init__(self, *args: Any, fields: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        listed = [("", _("chọn lĩnh vực")), *((name, name) for name in fields)]
        self.fields["field"].choices = listed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        task, field = given.get("task", "").strip(), given.get("field", "")
        if bool(task) == bool(field) and not {"task", "field"} & set(self.errors):
            self.add_error("task", _("Hãy ghi mã nhiệm vụ, hoặc chọn một lĩnh vực; không cả hai."))
        given["subject_key"] = f"task:{task}" if task else f"field:{field}"
        return given


class TaskForm(KeyForm):
    """Đăng ký nhiệm vụ thường xuyên."""

    code = text_field(
        _("Mã nhiệm vụ"), 40, help_text=_("Ngắn, không dấu, ví dụ TX-05. Không dùng lại mã đã có.")
    )
    name = forms.CharField(
        label=_("Tên nhiệm vụ"),
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
        error_messages={"required": _("Hãy ghi tên nhiệm vụ.")},
    )
    field = text_field(
        _("Lĩnh vực"), 200, help_text=_("Ghi đúng tên lĩnh vực đã có để dùng chung quy định của lĩnh vực.")
    )
    instrument = forms.ChoiceField(label=_("Văn bản quy định nhiệm vụ"), required=False)

    def __init__(self, *args: Any, papers: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["instrument"].choices = [("", _("nguồn không nêu")), *papers]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Without spaces or slashes: it stands in addresses."""
        code: str = self.cleaned_data["code"].strip()
        if not code or any(sign.isspace() or sign in "/\\?#%" for sign in code):
            raise forms.ValidationError(_("Mã không có dấu cách, dấu gạch chéo hay các dấu ? # %."))
        return code


class CitedForm(SubjectForm):
    """Căn cứ: the instrument, its article, how sure, by which way."""

    instrument = forms.ChoiceField(label=_("Văn bản"), error_messages={"required": _("Hãy chọn văn bản.")})
    article = text_field(_("Điều, khoản"), 120, required=False, help_text=_("Để trống nếu nguồn không nêu."))
    confidence = forms.ChoiceField(label=_("Độ chắc chắn"), choices=SURE)
    division = forms.ChoiceField(
        label=_("Cách giao thẩm quyền"), choices=Division.choices, initial=Division.NOT_STATED
    )
    valid_from = day_field(_("Áp dụng từ ngày"))
    valid_to = day_field(
        _("Hết hiệu lực từ ngày"),
        required=False,
        help_text=_("Ngày đầu tiên không còn áp dụng. Để trống nếu chưa định."),
    )
    note = text_field(_("Ghi chú"), 300, required=False)

    def __init__(self, *args: Any, papers: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["instrument"].choices = [("", _("chọn văn bản")), *papers]  # type: ignore[attr-defined]

    def cited(self) -> dict[str, Any]:
        """What an action takes of it."""
        given = self.cleaned_data
        names = ("key", "subject_key", "article", "confidence", "valid_from", "valid_to", "note")
        taken = {name: given[name] for name in names}
        division = Division(given["division"])
        return {**taken, "instrument_id": int(given["instrument"]), "division": division}


class BasisForm(CitedForm):
    """Thêm căn cứ giao thẩm quyền."""


class RuleForm(CitedForm):
    """Thêm, sửa quy định phân định thẩm quyền."""

    reach = forms.ChoiceField(
        label=_("Phạm vi áp dụng"),
        choices=[(one.value, one.label) for one in reversed(Reach)],
        initial=Reach.PROVINCE,
    )
    unit_type = forms.ChoiceField(
        label=_("Loại đơn vị"), choices=[("", _("không chọn")), *COMMUNE_TYPES], required=False
    )
    unit = forms.ChoiceField(label=_("Đơn vị được nêu tên"), required=False)
    role = forms.ChoiceField(label=_("Vai trò"), choices=RuleRole.choices)
    body_kind = forms.ChoiceField(
        label=_("Cơ quan, bộ phận được giao"),
        choices=[("", _("chọn cơ quan, bộ phận")), *BodyKind.choices],
        error_messages={"required": _("Hãy chọn cơ quan, bộ phận được giao.")},
    )
    post_kind = forms.ChoiceField(
        label=_("Vị trí được giao đích danh"),
        required=False,
        choices=[("", _("không, giao cho cả cơ quan")), *PostKind.choices],
        help_text=_("Chủ tịch UBND được giao đích danh: chọn Ủy ban nhân dân và Chủ tịch UBND."),
    )
    field_order = (
        *("task", "field", "role", "body_kind", "post_kind", "reach", "unit_type", "unit"),
        *("instrument", "article", "confidence", "division", "valid_from", "valid_to", "note"),
    )

    def __init__(self, *args: Any, units: Choices = (), province: str, **more: Any) -> None:
        self.province = province
        super().__init__(*args, **more)
        self.fields["unit"].choices = [("", _("không chọn")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        reach, kind, unit = given.get("reach"), given.get("unit_type"), given.get("unit")
        if reach in (Reach.TYPE, Reach.TYPE_IN_PROVINCE) and not kind:
            self.add_error("unit_type", _("Phạm vi theo loại đơn vị: hãy chọn loại đơn vị."))
        if reach == Reach.UNIT and not unit:
            self.add_error("unit", _("Phạm vi một đơn vị: hãy chọn đơn vị."))
        given["reach_key"] = (
            {
                Reach.UNIT: f"unit:{unit}",
                Reach.TYPE_IN_PROVINCE: f"type_in_province:{kind}:{self.province}",
                Reach.PROVINCE: f"province:{self.province}",
                Reach.TYPE: f"type:{kind}",
            }.get(Reach(reach), "country")
            if reach
            else ""
        )
        return given

    def ruled(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        own = {name: given[name] for name in ("reach_key", "body_kind", "post_kind")}
        return {**self.cited(), **own, "role": RuleRole(given["role"])}


class EndForm(KeyForm):
    """Chấm dứt: the first day without it."""

    valid_to = day_field(
        _("Hết hiệu lực từ ngày"), help_text=_("Ngày đầu tiên không còn áp dụng. Bản ghi cũ vẫn được giữ.")
    )


class InstrumentEndForm(KeyForm):
    """Ngày hết hiệu lực của văn bản: nothing typed, no end is stated."""

    ends_on = day_field(
        _("Hết hiệu lực từ ngày"),
        required=False,
        help_text=_("Để trống nếu văn bản được kéo dài mà không nêu ngày hết hiệu lực."),
    )
    by_number = text_field(
        _("Theo văn bản số"), 120, help_text=_("Số của văn bản kéo dài, bãi bỏ hoặc thay thế.")
    )


class WhoForm(forms.Form):
    """Ai giải quyết: a task, a unit, a day, and what the register said at a moment."""

    task = text_field(_("Nhiệm vụ, thủ tục"), 200, help_text=_("Mã, hoặc vài chữ của tên (không cần dấu)."))
    unit = forms.ChoiceField(label=_("Đơn vị"), error_messages={"required": _("Hãy chọn đơn vị.")})
    on = day_field(_("Vào ngày"), required=False)
    known = day_field(
        _("Sổ ghi nhận lúc"),
        required=False,
        help_text=_("Sổ nói gì vào cuối ngày này, trước khi được ghi thêm. Để trống: bây giờ."),
    )

    def __init__(self, *args: Any, units: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].choices = [("", _("chọn đơn vị")), *units]  # type: ignore[attr-defined]

    def asked_on(self, today: date) -> date:
        """The day asked about."""
        return self.cleaned_data.get("on") or today

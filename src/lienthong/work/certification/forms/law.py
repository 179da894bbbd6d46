"""Correcting what the law's data says: the words or amounts, the source, how sure it is, and from which day."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.core.instruments.enums import Confidence
from lienthong.core.shell.forms import LinkedDay
from lienthong.work.certification.enums import FeeBasis
from lienthong.work.certification.forms.acts import OFF, KeyForm
from lienthong.work.certification.values import Rate

MOST = 100_000_000
DAY = forms.DateInput({"inputmode": "numeric"}, format="%d/%m/%Y")


class SourceForm(KeyForm):
    """What a correction rests on."""

    instrument = forms.ChoiceField(label=gettext_lazy("Văn bản"))
    article = forms.CharField(
        label=gettext_lazy("Điều, khoản"),
        help_text=gettext_lazy("Để trống khi nguồn không nêu; không suy đoán số điều."),
        max_length=120,
        required=False,
        widget=forms.TextInput(OFF),
    )
    confidence = forms.ChoiceField(label=gettext_lazy("Độ tin cậy của dữ liệu"), choices=Confidence.choices)
    from_day = LinkedDay(label=gettext_lazy("Áp dụng từ ngày"), widget=DAY)

    def __init__(self, *args: Any, instruments: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["instrument"]
        chosen.choices = [("", _("Chọn văn bản")), *instruments]
        self.order_fields([name for name in self.fields if name not in SourceForm.base_fields])


class BanForm(SourceForm):
    """Trường hợp không được chứng thực bản sao; without words it is taken off the list."""

    text = forms.CharField(
        label=gettext_lazy("Trường hợp"),
        help_text=gettext_lazy("Để trống để đưa trường hợp này ra khỏi danh mục từ ngày áp dụng."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class NewBanForm(SourceForm):
    """Một trường hợp mới của danh mục."""

    code = forms.SlugField(
        label=gettext_lazy("Mã"),
        help_text=gettext_lazy("Chữ không dấu, số, gạch dưới; không đổi về sau."),
        max_length=30,
        widget=forms.TextInput(OFF),
    )
    text = forms.CharField(
        label=gettext_lazy("Trường hợp"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class RateForm(SourceForm):
    """Mức thu của một thủ tục, by what it is counted."""

    label = forms.CharField(label=gettext_lazy("Tên khoản thu"), max_length=200, widget=forms.TextInput(OFF))
    basis = forms.ChoiceField(label=gettext_lazy("Tính theo"), choices=FeeBasis.choices)
    amount = forms.IntegerField(label=gettext_lazy("Mức thu (đồng)"), min_value=0, max_value=MOST)
    tier_from = forms.IntegerField(
        label=gettext_lazy("Mức khác từ trang thứ"), min_value=1, max_value=1000, required=False
    )
    tier_amount = forms.IntegerField(
        label=gettext_lazy("Mức thu từ trang ấy (đồng)"), min_value=0, max_value=MOST, required=False
    )
    most = forms.IntegerField(
        label=gettext_lazy("Tối đa một bản (đồng)"), min_value=0, max_value=MOST, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A step has its page and its amount, and is not dearer than the first pages."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, step = given.get("tier_from"), given.get("tier_amount")
        if (first is None) != (step is None):
            raise ValidationError(_("Ghi cả trang bắt đầu và mức thu từ trang ấy, hoặc để trống cả hai."))
        if step is not None and step > (given.get("amount") or 0):
            raise ValidationError(_("Mức thu từ trang sau không cao hơn mức thu của những trang đầu."))
        return given

    def rate(self, task: str) -> Rate:
        """The rate as typed."""
        given = self.cleaned_data
        names = ("label", "basis", "amount", "tier_from", "tier_amount", "most", "confidence")
        return Rate(task_code=task, **{name: given[name] for name in names})

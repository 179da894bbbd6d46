"""The acts on a certification and its books: a reason, an article, a day."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.work.certification.enums import Book

OFF = {"autocomplete": "off"}


class KeyForm(forms.Form):
    """An act without further words: its command's key."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")
        },
    )

    def given(self) -> dict[str, Any]:
        """The words of the act, by the names of the action's arguments, with the key."""
        return dict(self.cleaned_data)

    def carried(self) -> str:
        """The key that the form carries when it is shown: once more the same one, where it was sent."""
        return str(self.data.get("key") or uuid4())


class RefuseForm(KeyForm):
    """Từ chối chứng thực: the reason, and the article that says so."""

    reason = forms.CharField(
        label=_("Lý do từ chối"),
        help_text=_("Người yêu cầu đọc nguyên văn trên phiếu từ chối."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    article = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Điều, khoản, văn bản. Chưa rõ thì ghi đúng như biết; không suy đoán số điều."),
        max_length=200,
        widget=forms.TextInput(OFF),
    )


class WithdrawForm(KeyForm):
    """Người yêu cầu rút."""

    reason = forms.CharField(label=_("Lý do rút"), max_length=400, widget=forms.TextInput(OFF))


class ExtendForm(KeyForm):
    """Kéo dài thời hạn: days, why, and the paper that tells the applicant."""

    days = forms.IntegerField(label=_("Thêm số ngày làm việc"), min_value=1, max_value=30, initial=1)
    reason = forms.CharField(label=_("Lý do"), max_length=400, widget=forms.TextInput(OFF))
    document = forms.CharField(label=_("Số phiếu hẹn, văn bản"), max_length=100, widget=forms.TextInput(OFF))


class ReturnForm(KeyForm):
    """Trả giấy tờ và thu phí."""

    returned_to = forms.CharField(label=_("Người nhận"), max_length=200, widget=forms.TextInput(OFF))
    method = forms.ChoiceField(label=_("Hình thức thu"), choices=PaymentMethod.choices)


class VoidForm(KeyForm):
    """Bỏ một số đã cấp: the reason stays in the book."""

    reason = forms.CharField(
        label=_("Lý do bỏ số"),
        help_text=_("Số đã bỏ không cấp lại; lý do ghi vào sổ."),
        max_length=300,
        widget=forms.TextInput(OFF),
    )


class BookForm(forms.Form):
    """Which month of which book; `number` looks for one number of the year."""

    book = forms.ChoiceField(label=_("Sổ"), choices=Book.choices)
    year = forms.IntegerField(label=_("Năm"), min_value=2015, max_value=2100)
    month = forms.IntegerField(label=_("Tháng"), min_value=1, max_value=12)
    number = forms.IntegerField(
        label=_("Tìm số"),
        min_value=1,
        required=False,
        widget=forms.TextInput({**OFF, "inputmode": "numeric"}),
    )


class CloseMonthForm(KeyForm):
    """Khóa sổ tháng."""

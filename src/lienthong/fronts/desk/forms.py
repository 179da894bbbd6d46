"""Shape only: what is required and what kind of text it is. Whether it may be is the actions' question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import Day
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.people.parties.enums import ContactChannel, PaperKind, Sex
from lienthong.work.dossiers.enums import Channel, ReturnMode

_OFF = {"autocomplete": "off"}


class IntakeForm(forms.Form):
    """Phiếu tiếp nhận ở quầy. Papers, limits and fees depend on the procedure: see queries.counter."""

    paper_kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=PaperKind.choices)
    number = forms.CharField(
        label=_("Số giấy tờ"),
        max_length=40,
        required=False,
        widget=forms.TextInput({**_OFF, "inputmode": "numeric"}),
    )
    old_number = forms.CharField(
        required=False, max_length=12, widget=forms.HiddenInput({"data-draft-too": ""})
    )
    name = forms.CharField(
        label=_("Họ và tên, hoặc tên tổ chức"),
        max_length=250,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Chưa có tên. Hãy quét thẻ hoặc gõ tên người nộp.")},
    )
    born = Day(label=_("Ngày sinh"), required=False, widget=forms.TextInput({**_OFF, "inputmode": "numeric"}))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", ""), *Sex.choices[:2]], required=False)
    address = forms.CharField(
        label=_("Nơi thường trú, trụ sở"),
        max_length=500,
        required=False,
        widget=forms.Textarea({**_OFF, "rows": 2}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=30,
        required=False,
        widget=forms.TextInput({**_OFF, "inputmode": "tel"}),
    )
    # Nothing chosen is not "no messages": what a known person said before stays.
    contact = forms.ChoiceField(
        label=_("Báo tin qua"),
        choices=[("", _("không nêu (giữ như đã biết)")), *ContactChannel.choices],
        required=False,
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=250,
        required=False,
        widget=forms.TextInput({**_OFF, "inputmode": "email"}),
    )
    procedure = forms.CharField(
        required=False, max_length=40, widget=forms.HiddenInput({"data-draft-too": ""})
    )
    procedure_search = forms.CharField(label=_("Tìm thủ tục"), required=False, max_length=2000)
    channel = forms.ChoiceField(
        label=_("Kênh nộp"), choices=[(one.value, one.label) for one in (Channel.COUNTER, Channel.POST)]
    )
    place = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput({"data-draft-too": ""}))
    place_search = forms.CharField(
        label=_("Nơi giải quyết, nếu là xã, phường khác"), required=False, max_length=200
    )
    quantity = forms.IntegerField(
        label=_("Số lượng (bản, trang…)"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(_OFF),
    )
    return_mode = forms.ChoiceField(
        label=_("Nhận kết quả"),
        choices=[(one.value, one.label) for one in (ReturnMode.COUNTER, ReturnMode.POST)],
    )
    queue_ticket = forms.CharField(
        label=_("Số thứ tự"), max_length=20, required=False, widget=forms.TextInput(_OFF)
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False, widget=forms.TextInput(_OFF))
    then = forms.ChoiceField(
        label=_("Sau khi tiếp nhận"),
        choices=[
            ("", _("Chuyển giải quyết")),
            ("supplement", _("Yêu cầu bổ sung (mẫu 02)")),
            ("refuse", _("Từ chối (mẫu 03)")),
        ],
        required=False,
    )
    lacks = forms.CharField(
        label=_("Nội dung thiếu, hoặc lý do từ chối"),
        help_text=_("Mỗi dòng một nội dung. Để trống: lấy các giấy tờ bắt buộc chưa đánh dấu."),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
    basis = forms.CharField(
        label=_("Căn cứ"), help_text=_("Văn bản, điều khoản quy định."), required=False, max_length=400
    )

    def clean_quantity(self) -> int:
        """One, where the procedure has nothing to multiply."""
        return self.cleaned_data["quantity"] or 1


class AnswerForm(forms.Form):
    """Giải quyết và trả ngay: who signs, under which number, who takes it, and the money."""

    signer = forms.IntegerField(widget=forms.HiddenInput)
    result_number = forms.CharField(
        label=_("Số, ký hiệu kết quả"),
        max_length=100,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Hãy ghi số, ký hiệu của kết quả.")},
    )
    result_summary = forms.CharField(
        label=_("Trích yếu"), max_length=400, required=False, widget=forms.TextInput(_OFF)
    )
    paid = forms.IntegerField(
        label=_("Đã thu (đồng)"),
        min_value=0,
        required=False,
        widget=forms.TextInput({**_OFF, "inputmode": "numeric"}),
    )
    method = forms.ChoiceField(label=_("Hình thức thu"), choices=PaymentMethod.choices)
    returned_to = forms.CharField(
        label=_("Người nhận kết quả"),
        max_length=200,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Hãy ghi tên người nhận kết quả.")},
    )


class SearchForm(forms.Form):
    """What is looked for: code, number of a paper, telephone, or name without accents."""

    q = forms.CharField(
        label=_("Mã hồ sơ, số giấy tờ, điện thoại hoặc tên (không cần dấu)"),
        max_length=120,
        widget=forms.TextInput({**_OFF, "type": "search"}),
        error_messages={"required": _("Hãy gõ mã hồ sơ, số giấy tờ, điện thoại hoặc tên.")},
    )

"""The counter's one form: the person, the act, and a row for each original."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import Day
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.lib.dates import DateError, parse_date
from lienthong.people.parties.enums import ContactChannel, PaperKind, PartyKind, Sex
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.certification.enums import PropertyKind
from lienthong.work.certification.values import BanLine, CertificationRequest, ItemDraft

if TYPE_CHECKING:
    Rows = forms.BaseFormSet["ItemForm"]
else:
    Rows = forms.BaseFormSet

OFF = {"autocomplete": "off"}
ROWS = 10
MOST_ROWS = 60


class RequestForm(forms.Form):
    """Phiếu yêu cầu chứng thực at the counter: who, which act, and where the land or house lies."""

    paper_kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=PaperKind.choices)
    number = forms.CharField(
        label=_("Số giấy tờ"),
        max_length=40,
        required=False,
        widget=forms.TextInput({**OFF, "inputmode": "numeric"}),
    )
    old_number = forms.CharField(
        required=False, max_length=12, widget=forms.HiddenInput({"data-draft-too": ""})
    )
    name = forms.CharField(
        label=_("Họ và tên, hoặc tên tổ chức"),
        max_length=250,
        widget=forms.TextInput(OFF),
        error_messages={"required": _("Chưa có tên. Hãy quét thẻ hoặc gõ tên người yêu cầu.")},
    )
    born = Day(label=_("Ngày sinh"), required=False, widget=forms.TextInput({**OFF, "inputmode": "numeric"}))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", ""), *Sex.choices[:2]], required=False)
    address = forms.CharField(
        label=_("Nơi thường trú, trụ sở"), max_length=300, required=False, widget=forms.TextInput(OFF)
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=30,
        required=False,
        widget=forms.TextInput({**OFF, "inputmode": "tel"}),
    )
    contact = forms.ChoiceField(
        label=_("Báo tin qua"),
        choices=[("", _("không nêu (giữ như đã biết)")), *ContactChannel.choices],
        required=False,
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=250,
        required=False,
        widget=forms.TextInput({**OFF, "inputmode": "email"}),
    )
    task = forms.ChoiceField(label=_("Việc chứng thực"), widget=forms.Select({"data-key": "F3"}))
    property_kind = forms.ChoiceField(
        label=_("Tài sản của giao dịch"),
        choices=[("", _("không có, hoặc không nêu")), *PropertyKind.choices],
        required=False,
    )
    property_place = forms.ChoiceField(label=_("Nơi có đất, nhà"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=400, required=False, widget=forms.TextInput(OFF))
    method = forms.ChoiceField(label=_("Hình thức thu"), choices=PaymentMethod.choices, required=False)

    def __init__(
        self,
        *args: Any,
        tasks: Sequence[tuple[str, Any]] = (),
        places: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        task = self.fields["task"]
        place = self.fields["property_place"]
        if isinstance(task, forms.ChoiceField):
            task.choices = list(tasks)
        if isinstance(place, forms.ChoiceField):
            place.choices = [("", _("chưa chọn")), *places]


class ItemForm(forms.Form):
    """Một bản chính, một văn bản được ký, hoặc một giao dịch."""

    document_name = forms.CharField(
        label=_("Giấy tờ, văn bản"),
        max_length=300,
        widget=forms.TextInput({**OFF, "list": "document-names"}),
        error_messages={"required": _("Hãy ghi tên giấy tờ, văn bản.")},
    )
    issuer = forms.CharField(label=_("Nơi cấp"), max_length=300, required=False, widget=forms.TextInput(OFF))
    pages = forms.IntegerField(
        label=_("Số trang"), min_value=1, max_value=5000, initial=1, widget=forms.NumberInput(OFF)
    )
    copies = forms.IntegerField(
        label=_("Số bản"), min_value=1, max_value=500, initial=1, widget=forms.NumberInput(OFF)
    )
    signer = forms.CharField(
        label=_("Người ký, nếu là người khác"), max_length=200, required=False, widget=forms.TextInput(OFF)
    )
    ban = forms.ChoiceField(label=_("Bản chính"), required=False)

    def __init__(self, *args: Any, bans: Sequence[BanLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ban"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("dùng được")), *((ban.code, ban.text) for ban in bans)]
        for name in self.fields:
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}"

    def draft(self) -> ItemDraft:
        """The row as the action takes it."""
        given = self.cleaned_data
        return ItemDraft(
            document_name=given["document_name"],
            issuer=given["issuer"],
            pages=given["pages"],
            copies=given["copies"],
            signer=given["signer"],
            ban=given["ban"],
        )


class BaseItems(Rows):
    """The rows: those nobody has touched are no originals."""

    def drafts(self) -> tuple[ItemDraft, ...]:
        """The rows that were filled, in their order. Only of a valid set."""
        return tuple(form.draft() for form in self.forms if form.has_changed())


ItemSet = forms.formset_factory(
    ItemForm,
    formset=BaseItems,
    extra=ROWS - 1,
    min_num=1,
    validate_min=True,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
)


def party_of(typed: Any) -> PartyDraft:
    """The person as the form has them now, however unfinished."""
    kind = typed.get("paper_kind", "") or PaperKind.CITIZEN_CARD.value
    numbers = [(kind, typed.get("number", "")), (PaperKind.OLD_ID.value, typed.get("old_number", ""))]
    return PartyDraft(
        name=typed.get("name", ""),
        kind=(PartyKind.FIRM if kind == PaperKind.FIRM_CODE else PartyKind.PERSON).value,
        papers=tuple(PaperDraft(word, number.replace(" ", "")) for word, number in numbers if number.strip()),
        born_on=_day(typed.get("born", "")),
        sex=typed.get("sex", "") if typed.get("sex", "") in Sex.values else "",
        address=typed.get("address", ""),
        phone=typed.get("phone", "").replace(" ", ""),
        email=typed.get("email", ""),
        channel=typed.get("contact", ""),
    )


def request_of(form: RequestForm, items: BaseItems) -> CertificationRequest:
    """What was asked for, of two valid forms."""
    given = form.cleaned_data
    return CertificationRequest(
        task_code=given["task"],
        applicant=party_of(form.data),
        items=items.drafts(),
        property_kind=given["property_kind"],
        property_place=given["property_place"],
        note=given["note"],
    )


def _day(text: str) -> Any:
    try:
        return parse_date(text) if text.strip() else None
    except DateError:
        return None

"""What a visitor may type: the shape only, never whether it exists."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lienthong.lib.codes import CodeError, DossierCode, ProcedureCode
from lienthong.lib.text import digits

FACT_LENGTHS = (4, 8)
_TASK = re.compile(r"[\w.\-]{1,40}", re.ASCII)


class LookupForm(forms.Form):
    """A dossier's code and a second fact that only its applicant knows."""

    code = forms.CharField(
        label=_("Mã hồ sơ"),
        help_text=_("In trên giấy hẹn, ví dụ H15.50.05.13-261008-0975."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Xin gõ mã hồ sơ in trên giấy hẹn.")},
    )
    fact = forms.CharField(
        label=_("Bốn số cuối của số căn cước hoặc số điện thoại"),
        help_text=_("Số đã ghi trên hồ sơ. Hoặc ngày sinh của người nộp, đủ tám số, ví dụ 05031990."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Xin gõ bốn số cuối, hoặc ngày sinh đủ tám số.")},
    )

    def clean_code(self) -> str:
        """As printed; spaces and small letters are forgiven."""
        try:
            return str(DossierCode.parse(self.cleaned_data["code"]))
        except CodeError as error:
            raise ValidationError(
                _("Mã hồ sơ không đúng mẫu. Xin gõ như trên giấy hẹn, ví dụ H15.50.05.13-261008-0975."),
                code=error.code,
            ) from error

    def clean_fact(self) -> str:
        """Four digits, or the eight of a birth date; slashes and spaces are forgiven."""
        found = digits(self.cleaned_data["fact"])
        if len(found) not in FACT_LENGTHS:
            raise ValidationError(_("Xin gõ bốn số cuối, hoặc ngày sinh đủ tám số."), code="fact_form")
        return found


class SearchForm(forms.Form):
    """A search and where its next page begins; what is malformed is left out, never refused."""

    q = forms.CharField(required=False, max_length=200)
    field = forms.CharField(required=False, max_length=200)
    unit = forms.CharField(required=False, max_length=5)
    procedure = forms.CharField(required=False, max_length=40)
    after = forms.CharField(required=False, max_length=200)

    def clean_procedure(self) -> str:
        """A procedure's code, which goes into a link."""
        try:
            return str(ProcedureCode.parse(self.cleaned_data["procedure"]))
        except CodeError:
            return ""

    def clean_after(self) -> str:
        """A mark as `search_catalogue` gives it: two numbers and a code."""
        after: str = self.cleaned_data["after"]
        try:
            rank, length, code = json.loads(after)
        except (ValueError, TypeError):
            return ""
        return after if (type(rank), type(length), type(code)) == (int, int, str) else ""

    def typed(self) -> dict[str, Any]:
        """The values that have a sound shape; "" for the others."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class WhoForm(forms.Form):
    """Which task, where, on which day; what is malformed is left out, never refused."""

    q = forms.CharField(required=False, max_length=200)
    task = forms.CharField(required=False, max_length=40)
    unit = forms.CharField(required=False, max_length=5)
    at = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])

    def clean_task(self) -> str:
        """A task's code, which goes into a link."""
        task: str = self.cleaned_data["task"]
        return task if _TASK.fullmatch(task) else ""

    def typed(self) -> dict[str, Any]:
        """The values that have a sound shape; "" and None for the others."""
        self.is_valid()
        return {
            name: self.cleaned_data.get(name) or None if name == "at" else self.cleaned_data.get(name, "")
            for name in self.fields
        }

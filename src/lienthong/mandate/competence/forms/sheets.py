"""A file of the register's rows: checked first, applied then; the checked bytes come back with the second step."""

import base64
import binascii
import csv
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.lib.spreadsheet import SheetError
from lienthong.mandate.competence.forms.entering import KeyForm
from lienthong.mandate.competence.queries.sheets import from_csv

LARGEST = 2_000_000


class Carried(forms.FileField):
    """A file that is needed once; the form says so itself."""

    def validate(self, value: Any) -> None:
        """Nothing: the second step brings the bytes instead."""


class SheetForm(KeyForm):
    """Tệp XLSX hoặc CSV: chosen at the first step, carried along by the page (`kept`) at the second."""

    file = Carried(
        label=_("Tệp XLSX hoặc CSV"),
        help_text=_("Dòng đầu là tên các cột như trong tệp mẫu. Lớn nhất 2 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,text/csv"}),
        error_messages={"empty": _("Tệp rỗng. Hãy chọn tệp khác.")},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """`content`: the bytes of the file as XLSX, else those that were checked before."""
        given = super().clean() or {}
        file, kept = given.get("file"), given.get("kept", "")
        if file is not None and file.size > LARGEST:
            self.add_error("file", _("Tệp lớn hơn 2 MB. Hãy chia thành nhiều tệp nhỏ hơn."))
        elif file is not None:
            given["content"] = self._as_sheet(file.name, file.read())
        elif kept:
            given["content"] = self._unpacked(kept)
        elif "file" not in self.errors:
            self.add_error("file", _("Chưa chọn tệp. Hãy chọn tệp XLSX hoặc CSV rồi kiểm tra."))
        return given

    def carried(self) -> str:
        """The bytes as the page carries them to the second step."""
        return base64.b64encode(self.cleaned_data["content"]).decode()

    def _as_sheet(self, name: str, content: bytes) -> bytes:
        if not name.lower().endswith(".csv"):
            return content
        try:
            return from_csv(content, "Dữ liệu")
        except (UnicodeDecodeError, csv.Error, SheetError, ValueError):
            self.add_error("file", _("Không đọc được tệp CSV. Hãy lưu tệp với mã UTF-8 rồi thử lại."))
            return b""

    def _unpacked(self, kept: str) -> bytes:
        try:
            return base64.b64decode(kept, validate=True)
        except (binascii.Error, ValueError):
            self.add_error("file", _("Trang không còn giữ tệp đã kiểm tra. Hãy chọn lại tệp."))
            return b""

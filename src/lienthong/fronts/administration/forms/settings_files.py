"""A file that is checked first and applied then: the checked bytes come back with the second step."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 2_000_000


class SheetForm(forms.Form):
    """Tệp bảng tính: chosen at the first step, carried along by the page (`kept`) at the second."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")
        },
    )
    file = forms.FileField(
        label=_("Tệp XLSX"),
        required=False,
        help_text=_("Dòng đầu là tên các cột như trong tệp mẫu. Lớn nhất 2 MB."),
        widget=forms.FileInput(
            {"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        error_messages={"empty": _("Tệp rỗng. Hãy chọn tệp khác.")},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """`content`: the bytes of the file, else those that were checked before."""
        given = super().clean() or {}
        file, kept = given.get("file"), given.get("kept", "")
        if file is not None and file.size > LARGEST_UPLOAD:
            self.add_error("file", _("Tệp lớn hơn 2 MB. Hãy chia thành nhiều tệp nhỏ hơn."))
        elif file is not None:
            given["content"] = file.read()
        elif kept:
            given["content"] = self._unpacked(kept)
        elif "file" not in self.errors:
            self.add_error("file", _("Chưa chọn tệp. Hãy chọn tệp XLSX rồi kiểm tra."))
        return given

    def carried(self) -> str:
        """The bytes as the page carries them to the second step."""
        return base64.b64encode(self.cleaned_data["content"]).decode()

    def more(self) -> list[Any]:
        """The fields that a form of its own adds."""
        return [self[name] for name in self.fields if name not in SheetForm.base_fields]

    def _unpacked(self, kept: str) -> bytes:
        try:
            return base64.b64decode(kept, validate=True)
        except (binascii.Error, ValueError):
            self.add_error("file", _("Trang không còn giữ tệp đã kiểm tra. Hãy chọn lại tệp."))
            return b""


class TakeOverForm(SheetForm):
    """Danh sách của hệ thống cũ, and where it comes from."""

    source = forms.CharField(
        label=_("Hệ thống cũ và biên bản bàn giao dữ liệu"),
        help_text=_("Ghi vào nhật ký của từng hồ sơ, ví dụ: Một cửa điện tử cũ, biên bản 12/BB-UBND."),
        max_length=200,
        error_messages={"required": _("Chưa ghi hệ thống cũ và biên bản bàn giao dữ liệu.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

"""Shape only: a file to be checked, and the same file sent back to be loaded."""

import binascii
from base64 import b64decode

from django import forms
from django.utils.translation import gettext_lazy as _

_KEY = {"required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")}


class StaffFileForm(forms.Form):
    """Bước 1: chọn tệp để kiểm tra."""

    file = forms.FileField(
        label=_("Tệp XLSX"),
        help_text=_("Một trang tính, dòng đầu là tên cột như trong tệp mẫu; đến 10.000 dòng, 2,5 MB."),
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={
            "required": _("Hãy chọn tệp XLSX rồi bấm Kiểm tra."),
            "empty": _("Tệp rỗng. Hãy chọn lại tệp."),
        },
    )


class StaffLoadForm(forms.Form):
    """Bước 2: nạp những dòng đã kiểm tra."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=_KEY)
    content = forms.CharField(widget=forms.HiddenInput, error_messages=_KEY)

    def clean_content(self) -> bytes:
        """The file as it was checked."""
        try:
            return b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise forms.ValidationError(_("Tệp gửi lại bị hỏng. Hãy chọn tệp và kiểm tra lại.")) from error

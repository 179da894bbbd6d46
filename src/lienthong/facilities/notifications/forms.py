"""Shape only: a template's text, the hours, an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import LinkedDay
from lienthong.facilities.notifications.enums import TemplateName
from lienthong.facilities.notifications.models import LONGEST
from lienthong.facilities.notifications.values import Rule
from lienthong.people.parties.enums import ContactChannel

_OFF = {"autocomplete": "off"}
_KEY_MISSING = {"required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")}
CHANNELS = [(one.value, one.label) for one in ContactChannel if one != ContactChannel.NONE]


class KeyForm(forms.Form):
    """Một thao tác không có gì để nhập."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=_KEY_MISSING)


class TemplateForm(KeyForm):
    """Mẫu tin: nội dung, nơi áp dụng, ngày bắt đầu, mã mẫu ở nhà cung cấp."""

    text = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST,
        help_text=_("Chỗ trống dùng được: {mã}, {đơn vị}, {hạn}, {tra cứu}. Không ghi dữ liệu cá nhân."),
        widget=forms.Textarea({"rows": 5, "data-count": LONGEST, "maxlength": LONGEST}),
        error_messages={
            "required": _("Mẫu tin chưa có nội dung. Hãy nhập rồi lưu lại."),
            "max_length": _("Mẫu tin dài quá 400 ký tự. Hãy rút gọn rồi lưu lại."),
        },
    )
    valid_from = LinkedDay(
        label=_("Áp dụng từ ngày"),
        required=False,
        help_text=_("Để trống: từ hôm nay."),
        widget=forms.TextInput({**_OFF, "inputmode": "numeric", "placeholder": "05/03/2026"}),
    )
    provider_template = forms.CharField(
        label=_("Mã mẫu đã đăng ký với nhà cung cấp"),
        required=False,
        max_length=60,
        help_text=_("Zalo ZNS gửi theo mẫu đã duyệt, gọi bằng mã này."),
        widget=forms.TextInput(_OFF),
    )


class RuleForm(KeyForm):
    """Giờ yên lặng và thời gian giữ địa chỉ."""

    quiet_from = forms.TimeField(
        label=_("Yên lặng từ"), widget=forms.TimeInput({**_OFF, "type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label=_("đến"), widget=forms.TimeInput({**_OFF, "type": "time"}, format="%H:%M")
    )
    mail_at_night = forms.BooleanField(label=_("Thư điện tử vẫn gửi trong giờ yên lặng"), required=False)
    keep_days = forms.IntegerField(
        label=_("Giữ số điện thoại, địa chỉ thư của tin đã gửi (ngày)"),
        min_value=1,
        max_value=366,
        widget=forms.NumberInput(_OFF),
    )

    def rule(self) -> Rule:
        """What was typed."""
        given = self.cleaned_data
        return Rule(given["quiet_from"], given["quiet_to"], given["mail_at_night"], given["keep_days"])


class ChannelForm(KeyForm):
    """Kênh nhận tin của người nộp, như người nộp nói."""

    channel = forms.ChoiceField(
        label=_("Báo tin qua"), choices=ContactChannel.choices, widget=forms.RadioSelect()
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=30,
        required=False,
        widget=forms.TextInput({**_OFF, "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=200,
        required=False,
        widget=forms.TextInput({**_OFF, "inputmode": "email"}),
    )


class TestForm(KeyForm):
    """Gửi thử đến địa chỉ của chính mình."""

    channel = forms.ChoiceField(label=_("Kênh"), choices=CHANNELS)
    template = forms.ChoiceField(label=_("Mẫu tin"), choices=TemplateName.choices)
    address = forms.CharField(
        label=_("Số điện thoại hoặc địa chỉ thư của bạn"),
        max_length=200,
        help_text=_("Không được lưu lại."),
        widget=forms.TextInput(_OFF),
    )


class ReadForm(KeyForm):
    """Đánh dấu đã đọc đến tin này."""

    last = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MailForm(KeyForm):
    """Thư nhận bản tin việc đến hạn; để trống là không nhận."""

    email = forms.CharField(
        label=_("Nhận bản tin việc đến hạn mỗi sáng qua thư"),
        required=False,
        max_length=200,
        help_text=_("Địa chỉ thư công vụ. Để trống thì chỉ hiện ở trang này."),
        widget=forms.TextInput({**_OFF, "inputmode": "email"}),
    )

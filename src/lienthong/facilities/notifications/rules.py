"""What a message may say, when it may go, and why an act on it is not possible."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.facilities.notifications.enums import MessageState, Placeholder, TemplateName
from lienthong.facilities.notifications.models import LONGEST
from lienthong.facilities.notifications.values import Rule
from lienthong.people.organisation.enums import PostKind
from lienthong.people.parties.enums import ContactChannel

# The most that a placeholder takes; a unit's longer name is cut, so that no message can pass LONGEST.
WIDTHS = {Placeholder.CODE: 32, Placeholder.UNIT: 60, Placeholder.DUE: 16, Placeholder.LINK: 60}
MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_REST = timedelta(minutes=15)
_SLOT = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"(?<![\w.-])\+?\d[\d .]{7,}\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?\d{8,15}", re.ASCII)

# The product's own texts, until an office sets its own.
BUILT_IN: dict[TemplateName, str] = {
    TemplateName.RECEIVED: "{đơn vị} đã tiếp nhận hồ sơ {mã}, hẹn trả kết quả {hạn}. Tra cứu: {tra cứu}",
    TemplateName.LODGED: "{đơn vị} đã nhận hồ sơ trực tuyến {mã} và đang kiểm tra. Tra cứu: {tra cứu}",
    TemplateName.LACKING: "Hồ sơ {mã} tại {đơn vị} cần bổ sung giấy tờ; thời hạn tạm dừng đến khi bổ sung."
    " Xem nội dung cần bổ sung: {tra cứu}",
    TemplateName.PAYMENT: "Hồ sơ {mã} tại {đơn vị} cần nộp phí, lệ phí để tiếp tục giải quyết."
    " Chi tiết: {tra cứu}",
    TemplateName.LATE: "{đơn vị} xin lỗi vì hồ sơ {mã} chậm so với hẹn; hẹn trả lại {hạn}."
    " Tra cứu: {tra cứu}",
    TemplateName.READY: "Hồ sơ {mã} đã có kết quả. Mời nhận tại {đơn vị}, nhớ mang giấy hẹn."
    " Tra cứu: {tra cứu}",
    TemplateName.RETURNED: "{đơn vị} đã trả kết quả hồ sơ {mã}. Nếu chưa nhận được, xin báo lại đơn vị."
    " Tra cứu: {tra cứu}",
    TemplateName.REFUSED: "{đơn vị} không tiếp nhận được hồ sơ {mã}; lý do ghi ở phiếu từ chối."
    " Tra cứu: {tra cứu}",
    TemplateName.HALTED: "{đơn vị} dừng giải quyết hồ sơ {mã}; lý do ghi ở thông báo. Tra cứu: {tra cứu}",
}
# Who answers for a unit when another one offers it a matter: the posts that dispatch or decide.
DISPATCHERS = (
    PostKind.CHAIR,
    PostKind.VICE_CHAIR,
    PostKind.CENTRE_DIRECTOR,
    PostKind.CENTRE_DEPUTY,
    PostKind.DEPARTMENT_HEAD,
)
# The agency that answers for the matter speaks in these; in all others the counter where it was handed in.
RESPONSIBLE_SPEAKS = frozenset({TemplateName.LATE, TemplateName.HALTED})


def render(text: str, filling: Mapping[str, str]) -> str:
    """The text with its placeholders filled; what is not known reads "…"."""
    return _SLOT.sub(lambda slot: filling.get(slot[1], "") or "…", text)


def fitted(filling: Mapping[str, str]) -> dict[str, str]:
    """The values cut to their widths. A cut address leads nowhere, so the link alone is never cut."""
    return {
        name: value if name == Placeholder.LINK or len(value) <= WIDTHS[Placeholder(name)]
        else value[: WIDTHS[Placeholder(name)] - 1] + "…"
        for name, value in filling.items()
    }  # fmt: skip


def longest(text: str, link: str) -> int:
    """How long a template's message can become."""
    widths = {**WIDTHS, Placeholder.LINK: max(len(link), 1)}
    return len(_SLOT.sub(lambda slot: "x" * widths.get(Placeholder(slot[1]), 0), text))


def why_not_text(text: str, link: str) -> Refusal | None:
    """Why a text cannot be a template: empty, unknown placeholder, too long, or it speaks of a person."""
    if not text:
        return Refusal("template.empty", _("Mẫu tin chưa có nội dung. Hãy nhập rồi lưu lại."))
    strange = [slot for slot in _SLOT.findall(text) if slot not in Placeholder.values]
    if strange or "{" in _SLOT.sub("", text) or "}" in _SLOT.sub("", text):
        known = ", ".join(f"{{{word}}}" for word in Placeholder.values)
        told = _("Mẫu tin chỉ dùng được các chỗ trống %(known)s. Tin không chứa dữ liệu cá nhân.")
        return Refusal("template.placeholder", told % {"known": known}, "Luật 91/2025/QH15")
    if (length := longest(text, link)) > LONGEST:
        told = _("Tin điền đủ có thể dài %(length)s ký tự, quá %(most)s. Hãy rút gọn rồi lưu lại.")
        return Refusal("template.long", told % {"length": length, "most": LONGEST})
    if _EMAIL.search(text) or _NUMBER.search(text):
        told = _(
            "Mẫu tin có số điện thoại, số giấy tờ hoặc địa chỉ thư. Hãy bỏ đi: tin không chứa dữ liệu cá nhân."
        )
        return Refusal("template.personal", told, "Luật 91/2025/QH15")
    return None


def why_not_steer(actor: Actor) -> Refusal | None:
    """Why the actor cannot set templates and rules: they are the city's."""
    if actor.reach == "system" or actor.may("city"):
        return None
    return Refusal(
        "messages.not_city", _("Mẫu tin và giờ gửi do thành phố đặt. Hãy đề nghị cán bộ thành phố.")
    )


def why_not_resend(state: str, *, has_address: bool) -> Refusal | None:
    """Why a message cannot be handed over once more."""
    if state not in {MessageState.FAILED, MessageState.UNCERTAIN}:
        label = MessageState(state).label
        told = _("Tin này %(state)s, không cần gửi lại. Tải lại trang để xem tình trạng mới nhất.")
        return Refusal("message.state", told % {"state": label})
    if not has_address:
        return Refusal(
            "message.no_address",
            _(
                "Tin này không có địa chỉ nhận, hoặc địa chỉ đã được xóa. Hãy liên hệ người nộp bằng cách khác."
            ),
        )
    return None


def not_wanted_now() -> Refusal:
    """Why nobody is written to who has meanwhile chosen not to be."""
    return Refusal("message.not_wanted", _("Người nộp nay chọn không nhận tin. Hãy liên hệ bằng cách khác."))


def not_connected() -> Refusal:
    """Why nothing can be tried on a channel."""
    return Refusal(
        "channel.not_connected",
        _("Kênh này chưa được nối. Người vận hành đặt địa chỉ máy chủ theo deploy/README.md rồi làm lại."),
    )


def why_not_rule(rule: Rule) -> Refusal | None:
    """Why a rule cannot be: addresses are erased after at least a day and at most a year."""
    if 1 <= rule.keep_days <= 366:
        return None
    return Refusal("rule.keep_days", _("Số ngày giữ địa chỉ là từ 1 đến 366. Hãy nhập lại."))


def why_not_address(channel: str, address: str) -> Refusal | None:
    """Why an address cannot be of this channel."""
    form = _EMAIL if channel == ContactChannel.EMAIL else _PHONE
    if form.fullmatch(address):
        return None
    return Refusal(
        "message.address",
        _(
            "Địa chỉ nhận không đúng dạng của kênh này. Hãy nhập địa chỉ thư, hoặc số điện thoại 8 đến 15 chữ số."
        ),
    )


def is_quiet(at: datetime, rule: Rule, channel: str) -> bool:
    """Whether citizens are left alone at a moment (given in Vietnam's time)."""
    if rule.quiet_from == rule.quiet_to or (channel == ContactChannel.EMAIL and rule.mail_at_night):
        return False
    clock = at.time()
    if rule.quiet_from < rule.quiet_to:
        return rule.quiet_from <= clock < rule.quiet_to
    return clock >= rule.quiet_from or clock < rule.quiet_to


def first_moment(at: datetime, rule: Rule, channel: str) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    if not is_quiet(at, rule, channel):
        return at
    end = at.replace(hour=rule.quiet_to.hour, minute=rule.quiet_to.minute, second=0, microsecond=0)
    return end if end > at else end + timedelta(days=1)


def wait_after(tries: int) -> timedelta:
    """How long a message waits after so many attempts."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 12)), LONGEST_WAIT)


def rest_after(failures: int) -> timedelta:
    """How long a carrier that does not work is left alone."""
    return min(timedelta(minutes=1) * (1 << min(failures - 1, 8)), LONGEST_REST)


def digest_reference(account_id: int, post_id: int, day: date) -> UUID:
    """A digest letter's own number: one for each officer, post and day."""
    return uuid5(NAMESPACE_URL, f"lienthong:digest:{account_id}:{post_id}:{day}")


def mask(address: str) -> str:
    """An address of which only the ends are shown: 09•••••23, c•••@thu.example."""
    if not address:
        return ""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}•••@{domain}"
    return f"{address[:2]}{'•' * max(len(address) - 4, 3)}{address[-2:]}"


def clock_in_words(moment: time) -> str:
    """21:00."""
    return f"{moment:%H:%M}"

"""Who may attach, withdraw, reuse and issue."""

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.rules.limits import MOST_FILES_A_CASE
from lienthong.people.identity.enums import Duty

# Whoever takes in, works on or files a case also puts papers into it.
KEEPERS = (Duty.RECEPTION, Duty.PROCESSING, Duty.RECORDS)


def infected() -> Refusal:
    """The refusal of a file in which the scanner found something."""
    return Refusal(
        "file.infected",
        _(
            "Phần mềm quét thấy mã độc trong tệp này; tệp đã bị cách ly. Hãy báo người gửi và "
            "nhận lại bản giấy để quét."
        ),
    )


def why_not_attach(actor: Actor) -> Refusal | None:
    """Papers are put in by the posts that take in, work on or file cases."""
    if actor.reach == "system" or any(actor.may(duty) for duty in KEEPERS):
        return None
    return Refusal(
        "document.no_duty",
        _(
            "Vị trí của bạn không có nhiệm vụ nhận hoặc bỏ giấy tờ trong hồ sơ. Hãy nhờ cán bộ "
            "một cửa hoặc người đang xử lý."
        ),
    )


def why_not_one_more(kept: int) -> Refusal | None:
    """A case holds a bounded number of files."""
    if kept < MOST_FILES_A_CASE:
        return None
    return Refusal(
        "document.too_many",
        _("Hồ sơ đã có %(most)s tệp, là số tối đa. Hãy gộp các trang vào một tệp PDF, hoặc bỏ tệp thừa.")
        % {"most": MOST_FILES_A_CASE},
    )


def why_not_withdraw(reason: str, withdrawn: bool) -> Refusal | None:
    """Taking a paper out of a case needs its reason, and happens once."""
    if withdrawn:
        return Refusal("document.already_withdrawn", _("Giấy tờ này đã được bỏ khỏi hồ sơ trước đó."))
    if not reason.strip():
        return Refusal("document.reason_missing", _("Hãy ghi lý do bỏ giấy tờ này khỏi hồ sơ."))
    return None


def why_not_reuse(source_party: int | None, party_id: int | None) -> Refusal | None:
    """A paper is reused for the same person only."""
    if source_party is not None and source_party == party_id:
        return None
    return Refusal(
        "document.other_person",
        _(
            "Giấy tờ này không phải của người nộp hồ sơ nên không dùng lại được. Hãy quét giấy tờ "
            "của chính người đó."
        ),
    )


def why_not_issue(actor: Actor, unit_id: int) -> Refusal | None:
    """A unit issues its own forms."""
    if actor.reach == "system" or (actor.post_id is not None and actor.unit_id == unit_id):
        return None
    return Refusal(
        "form.other_unit",
        _("Chỉ đơn vị của bạn mới lập được biểu mẫu của mình. Hãy chọn đúng vị trí công tác rồi làm lại."),
    )

"""Why an act on a certification or on a book is not possible: sentence and article, before the success."""

from datetime import date

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.lib.money import format_dong
from lienthong.people.identity.enums import Duty
from lienthong.work.certification.enums import CertificationState
from lienthong.work.certification.rules.lifecycle import COMPETENCE, DECREE

BOOKS = f"{DECREE} Đ.13"
EXTENSION = f"{DECREE} Đ.21"
LONGEST = 200
KEEPERS = (Duty.RECORDS, Duty.RECEPTION)


def why_not_here(actor: Actor, unit_id: int) -> Refusal | None:
    """Only the unit that certifies acts on it."""
    if actor.reach == "system" or actor.unit_id == unit_id:
        return None
    return Refusal("certification.other_unit", _("Việc chứng thực này của đơn vị khác; bạn chỉ được xem."))


def why_not_at_once(at_once: bool | None) -> Refusal | None:
    """Only an act that the catalogue calls an at-once one is certified and handed over in one sitting."""
    if at_once:
        return None
    return Refusal(
        "certification.not_at_once",
        _("Việc này không thuộc diện trả ngay. Hãy tiếp nhận, trình ký rồi trả."),
        f"{DECREE} Đ.7",
    )


def why_not_refuse(actor: Actor, reason: str, article: str) -> Refusal | None:
    """A refusal is written: with its reason and the article."""
    if actor.reach != "system" and not any(map(actor.may, (Duty.RECEPTION, Duty.PROCESSING, Duty.APPROVAL))):
        return Refusal(
            "certification.no_duty",
            _("Từ chối chứng thực là việc của người tiếp nhận, người xử lý hoặc người ký."),
        )
    if reason.strip() and article.strip():
        return why_not_long((article, LONGEST))
    return Refusal(
        "certification.no_reason",
        _("Từ chối phải ghi lý do và điều khoản làm căn cứ. Hãy ghi đủ; chưa có gì bị thay đổi."),
        DECREE,
    )


def why_not_long(*texts: tuple[str, int]) -> Refusal | None:
    """Each text within its length: what is typed is stored whole or not at all."""
    most = next((most for text, most in texts if len(text.strip()) > most), None)
    if most is None:
        return None
    return Refusal(
        "certification.too_long",
        _("Có nội dung dài quá %(most)d ký tự. Hãy rút gọn; chưa có gì bị thay đổi.") % {"most": most},
    )


def why_not_reason(reason: str) -> Refusal | None:
    """A reason in words."""
    if reason.strip():
        return why_not_long((reason, 300))
    return Refusal("certification.no_reason", _("Hãy ghi lý do."))


def why_not_waiting(state: str) -> Refusal | None:
    """Only what still waits for its signature has a promise to move."""
    if state == CertificationState.RECEIVED:
        return None
    return Refusal(
        "certification.closed", _("Việc này đã ký hoặc đã kết thúc nên không kéo dài thời hạn nữa.")
    )


def why_not_extend(actor: Actor, *, days: int, so_far: int, most: int | None, reason: str) -> Refusal | None:
    """At most the working days that the law's data states, in all, with a paper that says why."""
    if actor.reach != "system" and not any(map(actor.may, (Duty.RECEPTION, Duty.PROCESSING, Duty.APPROVAL))):
        return Refusal(
            "certification.no_duty", _("Kéo dài thời hạn là việc của người tiếp nhận hoặc người ký.")
        )
    if most is None:
        return Refusal(
            "certification.extension_not_stated",
            _("Văn bản không nêu việc kéo dài thời hạn cho loại chứng thực này; phải trả đúng hạn."),
            DECREE,
        )
    if days < 1 or so_far + days > most:
        sentence = _("Chỉ được kéo dài tổng cộng %(most)d ngày làm việc; đã kéo dài %(so_far)d ngày.")
        return Refusal("certification.extension", sentence % {"most": most, "so_far": so_far}, EXTENSION)
    return why_not_reason(reason)


def why_not_return(*, returned_to: str, open_dues: int) -> Refusal | None:
    """Handed to a named taker, and not before the fees are settled."""
    if open_dues > 0:
        return Refusal(
            "certification.unpaid",
            _("Còn %(amount)s phí chưa thu. Thu phí (hoặc ghi miễn kèm lý do) rồi trả.")
            % {"amount": format_dong(open_dues)},
        )
    if not returned_to.strip():
        return Refusal("certification.no_taker", _("Hãy ghi người nhận giấy tờ."))
    return why_not_long((returned_to, LONGEST))


def why_not_keep_books(actor: Actor) -> Refusal | None:
    """Books are kept by the clerk of records, or by the counter."""
    if actor.reach == "system" or any(map(actor.may, KEEPERS)):
        return None
    return Refusal(
        "certification.no_duty", _("Giữ sổ chứng thực là việc của văn thư hoặc người tiếp nhận."), BOOKS
    )


def why_not_void(*, reason: str, has_number: bool, month_closed: bool) -> Refusal | None:
    """A number in use, of a month that is still open, with the reason."""
    if not has_number:
        return Refusal("certification.no_number", _("Giấy tờ này không có số chứng thực để bỏ."))
    if month_closed:
        return closed_month()
    return why_not_reason(reason)


def closed_month() -> Refusal:
    """What a closed month says to whoever would change it."""
    return Refusal(
        "certification.month_closed",
        _("Sổ của tháng này đã khóa nên không ghi thêm và không bỏ số được nữa."),
        BOOKS,
    )


def why_not_close(
    *, year: int, month: int, today: date, is_closed: bool, earlier: tuple[int, int] | None
) -> Refusal | None:
    """A month that is over, once, and not before the months before it."""
    if not 1 <= month <= 12 or (year, month) >= (today.year, today.month):
        return Refusal("certification.month_open", _("Chỉ khóa sổ của tháng đã hết."), BOOKS)
    if is_closed:
        return closed_month()
    if earlier:
        sentence = _("Sổ tháng %(month)02d/%(year)d còn mở. Hãy khóa theo thứ tự tháng.")
        return Refusal(
            "certification.earlier_open", sentence % {"month": earlier[1], "year": earlier[0]}, BOOKS
        )
    return None


def why_not_correct_law(actor: Actor, from_day: date, today: date, start: date | None) -> Refusal | None:
    """The city says for every unit what the law says; from today on, and after the standing row began."""
    if actor.reach != "system" and not actor.may(Duty.CITY):
        return Refusal(
            "certification.no_duty",
            _("Danh mục và mức thu áp dụng cho mọi đơn vị, do thành phố cập nhật. Hãy báo cơ quan cấp trên."),
        )
    if from_day < today or (start and from_day <= start):
        return Refusal(
            "certification.from_day",
            _("Ngày áp dụng phải từ hôm nay trở đi và sau ngày bắt đầu của quy định đang có."),
        )
    return None


def nobody_answers() -> Refusal:
    """Where the unit has no post at all that could hold the matter."""
    return Refusal(
        "certification.nobody",
        _("Đơn vị chưa có Chủ tịch và vị trí xử lý nên chưa có ai giữ việc này. Hãy nhập cán bộ trước."),
        COMPETENCE,
    )

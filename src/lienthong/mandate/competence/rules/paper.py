"""A paper of delegation on a day: whether it has effect, and if not, the sentence that says what ended it."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.lib.dates import format_date

ARTICLE = "Luật 72/2025/QH15, Điều 14"


class Paper(NamedTuple):
    """Ủy quyền as it stands on one day. `…_left`: the last day's end of that side's appointment, where it ended."""

    id: int
    number: str
    grantor_post_id: int
    grantee_post_id: int
    grantee_person_id: int
    article: str
    confidence: str
    start: date
    end: date
    revoked_on: date | None
    unmet: tuple[str, ...]
    grantor_holds: bool
    grantee_holds: bool
    grantor_left: date | None
    grantee_left: date | None

    @property
    def ends_on(self) -> date:
        """The first day without it by the papers themselves."""
        return min(self.end, self.revoked_on) if self.revoked_on else self.end


def why_not_effective(paper: Paper, day: date) -> str | None:
    """The sentence that says what ended it first, or what it still lacks; None where it has effect on the day."""
    ended = [(last, sentence) for last, sentence in _ends(paper) if last is not None and last <= day]
    if ended:
        last, sentence = min(ended, key=lambda pair: pair[0])
        return sentence.format(number=paper.number, day=format_date(last))
    if day < paper.start:
        soon = _("Ủy quyền số {number} chỉ có hiệu lực từ ngày {day}.")
        return soon.format(number=paper.number, day=format_date(paper.start))
    if not (paper.grantor_holds and paper.grantee_holds):
        unseated = _("Ủy quyền số {number} không có hiệu lực: một bên không giữ vị trí nêu trong văn bản.")
        return unseated.format(number=paper.number)
    if paper.unmet:
        unmet = _("Ủy quyền số {number} chưa có hiệu lực: điều kiện chưa có minh chứng ({what}).")
        return unmet.format(number=paper.number, what="; ".join(paper.unmet))
    return None


def not_the_holder(paper: Paper) -> str:
    """Delegated by a post that does not have the competence itself."""
    sentence = _("Ủy quyền số {number} không dùng được: bên ủy quyền không có thẩm quyền với nhiệm vụ này.")
    return sentence.format(number=paper.number)


def no_warrant(why: str, instead: str) -> Refusal:
    """Nobody signs without a right; `why` says which paper ended, `instead` who may."""
    go_on = (
        _("Hãy trình người có thẩm quyền: {posts}.").format(posts=instead)
        if instead
        else _("Hãy báo lãnh đạo đơn vị để phân công hoặc ủy quyền.")
    )
    lacking = why or _("Vị trí của bạn không có thẩm quyền ký việc này tại đơn vị.")
    return Refusal("competence.no_warrant", f"{lacking} {go_on}", ARTICLE)


def _ends(paper: Paper) -> tuple[tuple[date | None, str], ...]:
    """Every way in which it ends, with its day. An appointment that was taken up again has not ended it."""
    return (
        (paper.revoked_on, _("Ủy quyền số {number} đã bị thu hồi, hết hiệu lực từ ngày {day}.")),
        (paper.end, _("Ủy quyền số {number} hết hiệu lực từ ngày {day}.")),
        (
            None if paper.grantor_holds else paper.grantor_left,
            _("Ủy quyền số {number} hết hiệu lực từ ngày {day}, khi người ủy quyền thôi giữ vị trí."),
        ),
        (
            None if paper.grantee_holds else paper.grantee_left,
            _("Ủy quyền số {number} hết hiệu lực từ ngày {day}, khi người được ủy quyền thôi giữ vị trí."),
        ),
    )

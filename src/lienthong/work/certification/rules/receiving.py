"""Why a request for certification cannot be taken in: sentence and article, before the success."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.lib.text import fold
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.values import UnitCard
from lienthong.work.certification.enums import ActKind, PlaceRule, PropertyKind
from lienthong.work.certification.rules.acting import why_not_long
from lienthong.work.certification.rules.lifecycle import DECREE
from lienthong.work.certification.values import ActRuleLine, BanLine, CertificationRequest, ItemDraft

MOST_ITEMS = 50
MOST_PAGES = 2000
MOST_COPIES = 200
ONE_A_PERSON = "TT 01/2020/TT-BTP Đ.4"
SAME_DAY = f"{DECREE} Đ.7"


def why_not_act(rule: ActRuleLine | None, terms: Terms | None) -> Refusal | None:
    """Only a task that the law's data describes as an act of certification, in force."""
    if rule is not None and terms is not None:
        return None
    return Refusal(
        "certification.no_act",
        _("Thủ tục này không phải việc chứng thực, hoặc không có hiệu lực hôm nay. Hãy chọn lại thủ tục."),
    )


def why_not_items(items: Sequence[ItemDraft], act: str) -> Refusal | None:
    """At least one document, each with its name, its pages and how many copies."""
    if not 1 <= len(items) <= MOST_ITEMS:
        return Refusal(
            "certification.items",
            _("Hãy nhập từ 1 đến %(most)d giấy tờ cho một lần tiếp nhận.") % {"most": MOST_ITEMS},
        )
    if any(not item.document_name.strip() for item in items):
        return Refusal("certification.item_name", _("Mỗi giấy tờ cần có tên. Hãy ghi tên giấy tờ."))
    if not all(1 <= item.pages <= MOST_PAGES and 1 <= item.copies <= MOST_COPIES for item in items):
        return Refusal(
            "certification.pages",
            _("Số trang phải từ 1 đến %(pages)d, số bản từ 1 đến %(copies)d.")
            % {"pages": MOST_PAGES, "copies": MOST_COPIES},
        )
    lengths = [
        text for item in items for text in ((item.document_name, 300), (item.issuer, 300), (item.signer, 200))
    ]
    twice = act in (ActKind.SIGNATURE, ActKind.TRANSLATOR)
    return why_not_long(*lengths) or (_why_not_twice(items) if twice else None)


def _why_not_twice(items: Sequence[ItemDraft]) -> Refusal | None:
    marks = [(fold(item.signer), fold(item.document_name)) for item in items]
    twice = next((item for item, mark in zip(items, marks, strict=True) if marks.count(mark) > 1), None)
    if twice is None:
        return None
    sentence = _(
        "“%(document)s” được ghi hai lần cho cùng một người: mỗi loại giấy tờ của một người là một số chứng thực."
        " Hãy gộp lại thành một dòng."
    )
    return Refusal(
        "certification.item_twice", sentence % {"document": twice.document_name.strip()}, ONE_A_PERSON
    )


def why_not_copy(items: Sequence[ItemDraft], act: str, bans: Mapping[str, BanLine]) -> Refusal | None:
    """Originals that may not be copied, by the list (NĐ 23/2015/NĐ-CP Đ.22)."""
    if act != ActKind.COPY:
        return None
    for item in items:
        if item.ban and item.ban not in bans:
            return Refusal(
                "certification.ban_unknown", _("Lý do không được chứng thực bản sao không có trong danh mục.")
            )
        if item.ban:
            ban = bans[item.ban]
            sentence = _(
                "Không chứng thực bản sao từ “%(document)s”: %(why)s. Trả lại bản chính cho người yêu cầu;"
                " các giấy tờ khác vẫn chứng thực được nếu bỏ dòng này."
            )
            told = {"document": item.document_name.strip(), "why": ban.text[:1].lower() + ban.text[1:]}
            return Refusal("certification.banned", sentence % told, f"{ban.instrument} {ban.article}".strip())
    return None


def why_not_place(request: CertificationRequest, rule: ActRuleLine, here: UnitCard) -> Refusal | None:
    """A transaction on land or a house is certified where it lies; everything else anywhere."""
    if rule.place_rule != PlaceRule.PROPERTY:
        return None
    if request.property_kind not in PropertyKind.values:
        return Refusal(
            "certification.property",
            _("Hãy chọn tài sản của giao dịch: động sản, quyền sử dụng đất hay nhà ở."),
            DECREE,
        )
    if request.property_kind == PropertyKind.MOVABLE or request.property_place == here.code:
        return None
    if not request.property_place:
        return Refusal(
            "certification.property_place", _("Hãy ghi xã, phường, đặc khu nơi có đất, nhà."), DECREE
        )
    return Refusal(
        "certification.other_place",
        _(
            "Giao dịch về đất, nhà được chứng thực tại nơi có đất, nhà, không phải tại %(here)s."
            " Hướng dẫn người yêu cầu đến đơn vị nơi có đất, nhà."
        )
        % {"here": here.name},
        DECREE,
    )


def why_not_coded(here: UnitCard) -> Refusal | None:
    """A case is numbered with the agency's code."""
    if here.agency_code:
        return None
    return Refusal(
        "unit.no_agency_code",
        _(
            "Đơn vị chưa có mã định danh cơ quan nên chưa cấp được mã hồ sơ."
            " Báo người vận hành nhập mã (lienthong agency_code) rồi làm lại."
        ),
    )

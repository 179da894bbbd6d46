"""Understanding a predecessor's words: which procedure, which state, who holds it. Reads, never writes."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.lib.codes import CodeError, DossierCode
from lienthong.lib.table_in import near
from lienthong.lib.text import fold
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.competence.values import Answer
from lienthong.mandate.procedures.queries import effective_terms, procedure_names
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.queries import answering_post, bodies_of, posts_of_unit
from lienthong.people.organisation.values import BodyCard, PostCard, UnitCard
from lienthong.work.dossiers.enums import DossierState as S
from lienthong.work.dossiers.values import Predecessor

# What other systems call the states of an open dossier (folded) -> ours. A proposal made elsewhere is made again
# here, and a result made elsewhere is entered here: the papers of both stand in the predecessor.
STATES: dict[str, S] = {
    **dict.fromkeys(("moi dang ky", "cho tiep nhan", "moi nop", "cho xac nhan"), S.SUBMITTED),
    **dict.fromkeys(
        ("moi tiep nhan", "duoc tiep nhan", "da tiep nhan", "tiep nhan", "cho phan cong", "chua xu ly"),
        S.RECEIVED,
    ),
    **dict.fromkeys(("da phan cong", "cho xu ly"), S.ASSIGNED),
    **dict.fromkeys(
        ("dang xu ly", "dang giai quyet", "dang thu ly", "dang tham dinh", "dang tham tra", "xu ly"),
        S.IN_PROGRESS,
    ),
    **dict.fromkeys(
        (
            "da de xuat",
            "cho phe duyet",
            "trinh phe duyet",
            "cho ky",
            "trinh ky",
            "dang trinh ky",
            "cho duyet",
        ),
        S.AWAITING_APPROVAL,
    ),
    **dict.fromkeys(
        (
            "da phe duyet",
            "da ky",
            "cho tra ket qua",
            "da co ket qua",
            "da xu ly xong",
            "cho tra",
            "hoan thanh",
            "da hoan thanh",
        ),
        S.APPROVED,
    ),
    **dict.fromkeys(
        ("cho bo sung", "yeu cau bo sung", "yeu cau bo sung giay to", "cho bo sung giay to", "tam dung"),
        S.SUPPLEMENT_REQUESTED,
    ),
    **dict.fromkeys(
        (
            "cho nop phi",
            "yeu cau thuc hien nghia vu tai chinh",
            "cho thuc hien nghia vu tai chinh",
            "cho nop thue",
        ),
        S.PAYMENT_REQUESTED,
    ),
}
ENDED = {
    "da tra ket qua",
    "tra ket qua",
    "khong duoc tiep nhan",
    "tu choi",
    "dung xu ly",
    "dung giai quyet",
    "cong dan yeu cau rut ho so",
    "rut ho so",
    "da huy",
    "huy",
    "ket thuc",
}
MADE_AGAIN = {
    S.AWAITING_APPROVAL: "Bản đề xuất nằm ở hệ thống cũ: hồ sơ vào “Đang xử lý”, chuyên viên đề xuất lại.",
    S.APPROVED: "Kết quả nằm ở hệ thống cũ: hồ sơ vào “Đã phê duyệt”, ghi số kết quả rồi trả.",
}


@dataclass(slots=True)
class Matched:
    """What became clear of a row; `refusals` where something did not, `notes` what the office should know."""

    row: Predecessor
    terms: Terms | None = None
    answer: Answer | None = None
    state: str = ""
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Ground:
    """What a list is matched against: read once, not once a row."""

    def __init__(self, unit: UnitCard, at: datetime) -> None:
        self.unit, self.at, self.on = unit, at, at.date()
        self._terms: dict[tuple[str, date], Terms | None] = {}
        self._answers: dict[str, Answer] = {}
        self._heads: dict[int, int | None] = {}

    @cached_property
    def posts(self) -> list[PostCard]:
        """The unit's posts with who holds them. One statement."""
        return posts_of_unit(self.unit.id, self.on)

    @cached_property
    def bodies(self) -> list[BodyCard]:
        """The unit's departments. One statement."""
        return bodies_of(self.unit.id, self.on)

    @cached_property
    def names(self) -> dict[str, list[tuple[str, str]]]:
        """Folded name -> (code, name) of the procedures in force. One statement."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, name in procedure_names(self.on):
            found[_plain(name)].append((code, name))
        return found

    def terms_of(self, code: str, received: date) -> Terms | None:
        """The procedure as it applies now, else as it did at the receipt. One statement a procedure and day."""
        return self._terms_on(code, self.on) or self._terms_on(code, received)

    def _terms_on(self, code: str, day: date) -> Terms | None:
        if (code, day) not in self._terms:
            self._terms[code, day] = effective_terms(code, self.unit.code, day)
        return self._terms[code, day]

    def answer_of(self, code: str) -> Answer:
        """The register's answer. One statement a procedure."""
        if code not in self._answers:
            self._answers[code] = responsible_for(code, self.unit.id, self.at)
        return self._answers[code]

    def head_of(self, body_id: int) -> int | None:
        """The post that answers for a department, None where there is none. One statement a department."""
        if body_id not in self._heads:
            try:
                self._heads[body_id] = answering_post(self.unit.id, body_id, self.on)
            except NotFound:
                self._heads[body_id] = None
        return self._heads[body_id]


def match(row: Predecessor, ground: Ground) -> Matched:
    """Everything that can be said of a row; all refusals together, so that they are mended together."""
    found = Matched(row)
    _match_code(found, ground)
    _match_state(found)
    _match_procedure(found, ground)
    if found.terms is not None:
        _match_holder(found, ground, found.terms.procedure_code)
    return found


def _match_code(found: Matched, ground: Ground) -> None:
    code = found.row.code
    if not code:
        found.refusals.append(Refusal("takeover.no_code", "Thiếu mã hồ sơ của hệ thống cũ."))
        return
    if len(code) > 60:
        found.refusals.append(Refusal("takeover.code_long", "Mã hồ sơ dài quá 60 ký tự. Hãy kiểm tra lại."))
        return
    try:
        ours = DossierCode.parse(code)
    except CodeError:
        return
    # Of whatever agency: a code is one over the whole house, and this one would stop its agency's series.
    if ours.day >= ground.on:
        found.refusals.append(
            Refusal(
                "takeover.code_of_today",
                f"Mã này thuộc dãy số ngày {ours.day:%d/%m/%Y} mà hệ thống mới đang cấp. "
                "Hãy nhập dòng này từ ngày làm việc sau.",
            )
        )


def _match_state(found: Matched) -> None:
    word = _plain(found.row.state_word)
    if word in ENDED:
        found.refusals.append(
            Refusal(
                "takeover.ended", f"Hồ sơ đã kết thúc (“{found.row.state_word}”); chỉ nhập hồ sơ đang mở."
            )
        )
    elif word not in STATES:
        like = near(word, list(STATES), 1)
        hint = f" Có phải “{STATES[like[0]].label}” không?" if like else ""
        found.refusals.append(
            Refusal(
                "takeover.state_unknown",
                f"Không hiểu trạng thái “{found.row.state_word}”.{hint} Hãy dùng một trong các trạng thái: "
                "đã tiếp nhận, đã phân công, đang xử lý, chờ phê duyệt, chờ bổ sung, chờ nộp phí, chờ trả kết quả.",
            )
        )
    else:
        state = STATES[word]
        if state in MADE_AGAIN:
            found.notes.append(MADE_AGAIN[state])
        found.state = S.IN_PROGRESS if state == S.AWAITING_APPROVAL else state


def _match_procedure(found: Matched, ground: Ground) -> None:
    row = found.row
    if row.procedure_code:
        found.terms = ground.terms_of(row.procedure_code, row.received)
        if found.terms is None:
            found.refusals.append(
                Refusal(
                    "takeover.procedure_unknown", _unknown(f"mã thủ tục {row.procedure_code}", row, ground)
                )
            )
        return
    known = ground.names.get(_plain(row.procedure_name), [])
    if len(known) == 1:
        found.terms = ground.terms_of(known[0][0], row.received)
    elif known:
        codes = ", ".join(code for code, _name in known)
        found.refusals.append(
            Refusal(
                "takeover.procedure_ambiguous", f"Có {len(known)} thủ tục cùng tên này ({codes}). Hãy ghi mã."
            )
        )
    else:
        told = f"thủ tục “{row.procedure_name}”" if row.procedure_name else "mã hoặc tên thủ tục"
        found.refusals.append(Refusal("takeover.procedure_unknown", _unknown(told, row, ground)))


def _unknown(what: str, row: Predecessor, ground: Ground) -> str:
    like = near(_plain(row.procedure_name), list(ground.names), 2) if row.procedure_name else []
    meant = [f"{code} {name}" for word in like for code, name in ground.names[word][:1]]
    hint = f" Có phải: {'; '.join(meant)}?" if meant else ""
    return f"Không có {what} trong danh mục.{hint} Hãy ghi mã thủ tục đúng như Danh mục thủ tục."


def _match_holder(found: Matched, ground: Ground, procedure_code: str) -> None:
    """The named officer, else the head of the named department, else whom the register names."""
    found.answer = ground.answer_of(procedure_code)
    body = _body_of(found, ground)
    if found.row.holder:
        post = _post_of(found, ground, body)
        if post is not None:
            found.answer = replace(
                found.answer, body_id=post.body_id, post_id=post.id, person_id=post.person_id
            )
    elif body is not None:
        head = ground.head_of(body.id) or found.answer.post_id
        found.answer = replace(found.answer, body_id=body.id, post_id=head)
    if found.answer.post_id is None:
        found.refusals.append(
            Refusal(
                "takeover.nobody",
                "Đơn vị chưa có Chủ tịch và vị trí xử lý nên chưa có ai giữ hồ sơ. Hãy nhập cán bộ trước.",
            )
        )


def _body_of(found: Matched, ground: Ground) -> BodyCard | None:
    asked = found.row.department
    if not asked:
        return None
    known = [body for body in ground.bodies if _plain(body.name) == _plain(asked)]
    if known:
        return known[0]
    like = near(asked, [body.name for body in ground.bodies], 1)
    hint = f" Có phải “{like[0]}” không?" if like else ""
    found.refusals.append(Refusal("takeover.department_unknown", f"Đơn vị không có phòng “{asked}”.{hint}"))
    return None


def _post_of(found: Matched, ground: Ground, body: BodyCard | None) -> PostCard | None:
    asked = _plain(found.row.holder)
    posts = [post for post in ground.posts if post.person_id is not None]
    known = [post for post in posts if asked in (_plain(post.person_name), _plain(post.title))]
    known = [post for post in known if body is None or post.body_id == body.id] or known
    if len({post.id for post in known}) == 1:
        return known[0]
    names = [post.person_name for post in posts]
    if known:
        sentence = (
            f"Có {len(known)} vị trí ứng với “{found.row.holder}”. Hãy ghi thêm phòng, hoặc ghi chức danh."
        )
        found.refusals.append(Refusal("takeover.holder_ambiguous", sentence))
        return None
    like = near(found.row.holder, names, 1)
    hint = f" Có phải “{like[0]}” không?" if like else ""
    found.refusals.append(
        Refusal(
            "takeover.holder_unknown",
            f"Hôm nay đơn vị không có cán bộ hoặc vị trí “{found.row.holder}”.{hint} "
            "Hãy nhập cán bộ đó, hoặc để trống để giao theo phân công.",
        )
    )
    return None


def _plain(text: str) -> str:
    return fold(text).strip(" .:;,-")

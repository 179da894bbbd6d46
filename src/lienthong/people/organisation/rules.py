"""What a unit of a type has, and why an act on posts and persons is not possible."""

import re
from datetime import date

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.lib.codes import is_agency_code
from lienthong.people.organisation.enums import BodyKind, UnitType
from lienthong.people.organisation.values import DetailDraft

_IDENTITY = re.compile(r"[0-9]{12}")
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DEPARTMENTS_ARTICLE = "NĐ 150/2025/NĐ-CP"
ECONOMY_OF_WARD = "Phòng Kinh tế, Hạ tầng và Đô thị"
# The departments that every province has; others are the office's to add.
CITY_DEPARTMENTS = (
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
)
PROVINCIAL = frozenset({UnitType.PROVINCE, UnitType.CITY})
_TAKEN = "Mã này đã đặt cho {}. Hãy đối chiếu lại văn bản cấp mã; nếu đơn vị kia mang mã sai, sửa ở đó trước."
# The constraint the database refused by -> what the person is told.
OVERLAPS = {
    "one_holder_a_post": Refusal(
        "post.held",
        "Vị trí này đã có người giữ vào lúc đó. Hãy cho người cũ thôi giữ trước, hoặc chọn ngày khác.",
    ),
    "one_substitute_a_post": Refusal(
        "post.absence_overlaps",
        "Vị trí này đã được ghi vắng mặt trong thời gian đó. Hãy chọn khoảng ngày khác.",
    ),
    "one_officer_an_identity": Refusal(
        "officer.identity_taken", "Số định danh này đã ghi cho một cán bộ khác. Hãy đối chiếu lại giấy tờ."
    ),
    "one_body_a_kind_and_unit": Refusal(
        "body.exists",
        "Cơ quan, phòng cùng tên đã có trong đơn vị vào thời gian đó. Hãy dùng cơ quan đã có.",
        DEPARTMENTS_ARTICLE,
    ),
    "one_unit_an_agency_code": Refusal("agency_code.taken", _TAKEN.format("một đơn vị khác")),
}

HOLDING_ENDED = ("appointment.ended", "Người này đã thôi giữ vị trí từ {}. Không cần làm lại.")
POST_CLOSED = ("post.closed", "Vị trí này đã đóng từ {}. Không cần làm lại.")
OWN_SUBSTITUTE = Refusal(
    "absence.own", "Người thay phải là người khác với người vắng mặt. Hãy chọn người khác."
)


def standard_bodies(unit_type: str, name: str) -> list[tuple[str, str]]:
    """The bodies (kind, name) of a unit of this type, by NĐ 150/2025/NĐ-CP; of a city or province its own."""
    if unit_type in PROVINCIAL:
        place = "thành phố" if unit_type == UnitType.CITY else "tỉnh"
        return [
            (BodyKind.COMMITTEE, f"Ủy ban nhân dân {name}"),
            (BodyKind.CITY_OFFICE, f"Văn phòng Ủy ban nhân dân {place}"),
            *((BodyKind.CITY_DEPARTMENT, department) for department in CITY_DEPARTMENTS),
        ]
    economy = ECONOMY_OF_WARD if unit_type == UnitType.WARD else BodyKind.ECONOMY.label
    return [
        (BodyKind.PARTY_COMMITTEE, f"Đảng ủy {name}"),
        (BodyKind.COUNCIL, f"Hội đồng nhân dân {name}"),
        (BodyKind.COMMITTEE, f"Ủy ban nhân dân {name}"),
        (BodyKind.FRONT, f"Ủy ban Mặt trận Tổ quốc Việt Nam {name}"),
        (BodyKind.POLICE, f"Công an {name}"),
        (BodyKind.OFFICE, "Văn phòng HĐND và UBND"),
        (BodyKind.ECONOMY, str(economy)),
        (BodyKind.CULTURE_SOCIAL, "Phòng Văn hóa – Xã hội"),
        (BodyKind.SERVICE_CENTRE, "Trung tâm Phục vụ hành chính công"),
    ]


def why_not_last(starts_on: date, ends_on: date | None) -> Refusal | None:
    """Why a time from `starts_on` up to, not including, `ends_on` cannot be."""
    if ends_on is not None and ends_on <= starts_on:
        return Refusal(
            "dates.reversed", "Ngày kết thúc phải sau ngày bắt đầu. Hãy kiểm tra lại hai ngày đã nhập."
        )
    return None


def why_not_end(
    starts_on: date | None, until: date | None, ends_on: date, told: tuple[str, str] = HOLDING_ENDED
) -> Refusal | None:
    """Why an appointment (or a post: `told`) that runs [starts_on, until) cannot end on a day."""
    if until is not None and until <= ends_on:
        code, sentence = told
        return Refusal(code, sentence.format(f"{until:%d/%m/%Y}"))
    return why_not_last(starts_on, ends_on) if starts_on else None


def why_not_return(starts_on: date, until: date, ends_on: date) -> Refusal | None:
    """Why a holder who is away [starts_on, until) cannot be back on a day."""
    if until <= ends_on:
        return Refusal("absence.ended", f"Lần vắng mặt này hết từ {until:%d/%m/%Y}. Không cần làm lại.")
    return why_not_last(starts_on, ends_on)


def why_not_away_so_long(successor_on: date, starts_on: date) -> Refusal | None:
    """Why an absence from `starts_on` cannot run past the day a successor begins: it is the holder's own."""
    if successor_on <= starts_on:
        return None
    return Refusal(
        "absence.successor",
        f"Từ {successor_on:%d/%m/%Y} vị trí đã có người kế nhiệm. Hãy ghi ngày cuối trước ngày đó.",
    )


def why_not_note(present: str, wanted: str) -> Refusal | None:
    """Why a decision cannot be noted: one that is written down stays as it was signed."""
    if not wanted.strip():
        return Refusal("appointment.no_decision", "Chưa có số quyết định. Hãy ghi số, ký hiệu văn bản.")
    if present:
        return Refusal("appointment.decision", f"Đã ghi quyết định {present}. Ghi đã ký thì không sửa.")
    return None


def why_not_close(held_until: date | None, is_held: bool, open_cases: int, ends_on: date) -> Refusal | None:
    """Why a post cannot be closed on a day: somebody sits in it then, or open cases lie with it."""
    if open_cases:
        return Refusal(
            "post.has_cases",
            f"Vị trí đang giữ {open_cases} vụ việc chưa xong. Hãy phân công lại các vụ việc đó trước.",
        )
    if is_held and (held_until is None or held_until > ends_on):
        return Refusal(
            "post.held_then", f"Ngày {ends_on:%d/%m/%Y} vị trí còn người giữ. Hãy cho thôi giữ trước."
        )
    return None


def why_not_details(draft: DetailDraft) -> Refusal | None:
    """Why an officer's own details cannot be stored. None of them has to be given."""
    if draft.identity_number and not _IDENTITY.fullmatch(draft.identity_number):
        return Refusal("officer.identity", "Số định danh gồm đúng 12 chữ số. Hãy kiểm tra lại hoặc để trống.")
    if draft.phone and not _PHONE.fullmatch(draft.phone):
        return Refusal("officer.phone", "Điện thoại gồm 8 đến 15 chữ số, có thể bắt đầu bằng dấu +.")
    if draft.email and not _EMAIL.fullmatch(draft.email):
        return Refusal("officer.email", "Thư điện tử không đúng dạng, ví dụ ten@donvi.example.")
    return None


def why_not_named(name: str, longest: int) -> Refusal | None:
    """Why a name cannot be stored: empty or too long."""
    if not name:
        return Refusal("name.empty", "Chưa có tên. Hãy nhập tên rồi lưu lại.")
    if len(name) > longest:
        return Refusal("name.long", f"Tên dài quá {longest} ký tự. Hãy rút gọn rồi lưu lại.")
    return None


def why_not_agency_code(code: str) -> Refusal | None:
    """Why a text cannot be a unit's agency code (mã định danh điện tử)."""
    if not is_agency_code(code):
        return Refusal(
            "agency_code.form",
            "Mã định danh gồm chữ in hoa và số, các nhóm cách nhau bằng dấu chấm, ví dụ H29.1.5.",
        )
    return None


def why_not_same_agency_code(bearer: str) -> Refusal | None:
    """Why a code cannot be set that a unit (its name) bears already; "" where none does."""
    return Refusal("agency_code.taken", _TAKEN.format(bearer)) if bearer else None


def why_not_set_agency_code(actor: Actor, unit_id: int) -> Refusal | None:
    """A unit's code is set by who administers it, by the city and by the system."""
    own = actor.may("administration") and actor.unit_id == unit_id
    if actor.reach == "system" or actor.may("city") or own:
        return None
    return Refusal(
        "agency_code.not_allowed",
        "Chỉ quản trị của đơn vị hoặc cơ quan thành phố đặt được mã định danh. Hãy báo quản trị đơn vị.",
    )

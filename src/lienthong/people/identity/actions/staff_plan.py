"""Who usually works in a unit: the plan that `staff_unit` carries out. Every name is visibly fictitious."""

from lienthong.people.identity.values import StaffLine
from lienthong.people.organisation.enums import BodyKind, PostKind, UnitType

SHORT = {UnitType.WARD: "P.", UnitType.COMMUNE: "X.", UnitType.SPECIAL_ZONE: "ĐK.", UnitType.CITY: "TP."}
# Departments with a head and specialists: body, title of the head, stem of the user names.
DEPARTMENTS = (
    (BodyKind.OFFICE, "Chánh Văn phòng", "vanphong"),
    (BodyKind.ECONOMY, "Trưởng phòng", "kinhte"),
    (BodyKind.CULTURE_SOCIAL, "Trưởng phòng", "vhxh"),
)
ECONOMY_OF_WARD = "Phòng Kinh tế, Hạ tầng và Đô thị"
DEPARTMENT_WORDS = {
    BodyKind.OFFICE: "Văn phòng",
    BodyKind.ECONOMY: "Phòng Kinh tế",
    BodyKind.CULTURE_SOCIAL: "Phòng Văn hóa – Xã hội",
}


def usual_staff(
    unit_type: str, short_name: str, code: str, *, clerks: int = 2, specialists: int = 2
) -> list[StaffLine]:
    """The posts and persons of a unit: the commune level's, or those of a province or city."""
    place = f"{SHORT.get(UnitType(unit_type), 'T.')} {short_name}"
    if unit_type in {UnitType.CITY, UnitType.PROVINCE}:
        return _city(place, code)
    departments = [line for one in DEPARTMENTS for line in _department(*one, place, code, specialists)]
    return [
        *_leaders(place, code),
        *departments,
        _police(place, code),
        *_counter(place, code, clerks),
    ]


def _leaders(place: str, code: str) -> list[StaffLine]:
    secretary = StaffLine(
        "secretary",
        PostKind.PARTY_SECRETARY,
        BodyKind.PARTY_COMMITTEE,
        "Bí thư Đảng ủy",
        f"Bí thư Đảng ủy {place}",
        f"bithu.{code}",
    )
    # One of the Vice Chairs is the centre's director as well: two posts, one account.
    director = StaffLine(
        "director",
        PostKind.CENTRE_DIRECTOR,
        BodyKind.SERVICE_CENTRE,
        "Giám đốc Trung tâm Phục vụ hành chính công",
        "",
        "",
        holder="vice_chair_2",
    )
    return [secretary, _chair(place, code), *(_vice_chair(n, place, code) for n in (1, 2)), director]


def _chair(place: str, code: str) -> StaffLine:
    committee = BodyKind.COMMITTEE
    return StaffLine(
        "chair", PostKind.CHAIR, committee, "Chủ tịch UBND", f"Chủ tịch {place}", f"chutich.{code}"
    )


def _vice_chair(number: int, place: str, code: str) -> StaffLine:
    return StaffLine(
        f"vice_chair_{number}",
        PostKind.VICE_CHAIR,
        BodyKind.COMMITTEE,
        "Phó Chủ tịch UBND",
        f"Phó Chủ tịch {number} {place}",
        f"phochutich{number}.{code}",
        rank=number - 1,
    )


def _department(
    body: BodyKind, head: str, stem: str, place: str, code: str, specialists: int
) -> list[StaffLine]:
    words = DEPARTMENT_WORDS[body]
    full = ECONOMY_OF_WARD if body == BodyKind.ECONOMY and place.startswith("P.") else words
    title = head if body == BodyKind.OFFICE else f"Trưởng {full}"
    person = f"{head} {place}" if body == BodyKind.OFFICE else f"Trưởng {words} {place}"
    lines = [
        StaffLine(f"head_{body}", PostKind.DEPARTMENT_HEAD, body, title, person, f"truong.{stem}.{code}")
    ]
    lines += [
        StaffLine(
            f"specialist_{body}_{n}",
            PostKind.SPECIALIST,
            body,
            f"Chuyên viên {full}",
            f"Chuyên viên {n} {words} {place}",
            f"{stem}{n}.{code}",
            rank=n,
        )
        for n in range(1, specialists + 1)
    ]
    return lines


def _police(place: str, code: str) -> StaffLine:
    """The head alone: what the police keep to themselves is not this system's."""
    police = BodyKind.POLICE
    person = f"Trưởng Công an {place}"
    return StaffLine(
        "head_police", PostKind.DEPARTMENT_HEAD, police, "Trưởng Công an", person, f"truong.congan.{code}"
    )


def _counter(place: str, code: str, clerks: int) -> list[StaffLine]:
    centre, office = BodyKind.SERVICE_CENTRE, BodyKind.OFFICE
    lines = [
        StaffLine(
            f"clerk_{n}",
            PostKind.ONE_STOP_CLERK,
            centre,
            "Cán bộ một cửa",
            f"Cán bộ một cửa {n} {place}",
            f"motcua{n}.{code}",
            rank=n,
        )
        for n in range(1, clerks + 1)
    ]
    return [
        *lines,
        StaffLine("records", PostKind.RECORDS_CLERK, office, "Văn thư", f"Văn thư {place}", f"vanthu.{code}"),
        StaffLine(
            "administrator",
            PostKind.ADMINISTRATOR,
            office,
            "Quản trị hệ thống",
            f"Quản trị {place}",
            f"quantri.{code}",
        ),
    ]


def _city(place: str, code: str) -> list[StaffLine]:
    office = BodyKind.CITY_OFFICE
    return [
        _chair(place, code),
        StaffLine(
            "head_city_office",
            PostKind.DEPARTMENT_HEAD,
            office,
            "Chánh Văn phòng",
            f"Chánh Văn phòng {place}",
            f"truong.vanphong.{code}",
        ),
        StaffLine(
            "city",
            PostKind.CITY_OFFICER,
            office,
            "Chuyên viên theo dõi",
            f"Chuyên viên {place}",
            f"thanhpho.{code}",
        ),
        StaffLine(
            "administrator",
            PostKind.ADMINISTRATOR,
            office,
            "Quản trị hệ thống",
            f"Quản trị {place}",
            f"quantri.{code}",
        ),
    ]

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    PROVINCE = "province", _("cấp tỉnh")
    COMMUNE = "commune", _("cấp xã")


class UnitType(TextChoices):
    WARD = "ward", _("phường")
    COMMUNE = "commune", _("xã")
    SPECIAL_ZONE = "special_zone", _("đặc khu")
    TOWNSHIP = "township", _("thị trấn")
    DISTRICT = "district", _("huyện không chia cấp xã")
    OTHER = "other", _("khu vực khác")
    PROVINCE = "province", _("tỉnh")
    CITY = "city", _("thành phố trực thuộc trung ương")


class SuccessionExtent(TextChoices):
    WHOLE = "whole", _("nhập toàn bộ")
    PART = "part", _("nhập một phần")
    PART_AREA = "part_area", _("nhập một phần diện tích")
    PART_AREA_ALL_POPULATION = "part_area_all_population", _("nhập một phần diện tích, toàn bộ dân số")
    UNCHANGED = "unchanged", _("giữ nguyên")
    OTHER = "other", _("khác")


class BodyKind(TextChoices):
    """Cơ quan trong một đơn vị; the departments follow NĐ 150/2025/NĐ-CP."""

    PARTY_COMMITTEE = "party_committee", _("Đảng ủy")
    COUNCIL = "council", _("Hội đồng nhân dân")
    COMMITTEE = "committee", _("Ủy ban nhân dân")
    FRONT = "front", _("Ủy ban Mặt trận Tổ quốc")
    POLICE = "police", _("Công an")
    MILITARY = "military", _("Ban Chỉ huy quân sự")
    OFFICE = "office", _("Văn phòng HĐND và UBND")
    ECONOMY = "economy", _("Phòng Kinh tế")
    CULTURE_SOCIAL = "culture_social", _("Phòng Văn hóa – Xã hội")
    SERVICE_CENTRE = "service_centre", _("Trung tâm Phục vụ hành chính công")
    CITY_OFFICE = "city_office", _("Văn phòng UBND thành phố")
    CITY_DEPARTMENT = "city_department", _("Sở, ban, ngành thành phố")


class PostKind(TextChoices):
    """Vị trí việc làm, as far as the acts need to tell them apart."""

    PARTY_SECRETARY = "party_secretary", _("Bí thư Đảng ủy")
    CHAIR = "chair", _("Chủ tịch UBND")
    VICE_CHAIR = "vice_chair", _("Phó Chủ tịch UBND")
    CENTRE_DIRECTOR = "centre_director", _("Giám đốc Trung tâm Phục vụ hành chính công")
    CENTRE_DEPUTY = "centre_deputy", _("Phó Giám đốc Trung tâm")
    DEPARTMENT_HEAD = "department_head", _("Trưởng phòng")
    SPECIALIST = "specialist", _("Công chức chuyên môn")
    ONE_STOP_CLERK = "one_stop_clerk", _("Cán bộ một cửa")
    RECORDS_CLERK = "records_clerk", _("Văn thư")
    ADMINISTRATOR = "administrator", _("Quản trị đơn vị")
    CITY_OFFICER = "city_officer", _("Chuyên viên thành phố")
    OTHER = "other", _("Vị trí khác")

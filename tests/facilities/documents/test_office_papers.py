"""The papers of the competence register, read back from their PDF: a working regulation, a report on delegated acts."""

from dataclasses import replace
from datetime import date

from lienthong.facilities.documents.typesetting.office import (
    DelegatedAct,
    DelegatedActs,
    Entrusting,
    LedBy,
    LedField,
    WorkingRegulation,
)
from tests.facilities.documents.test_certification_papers import AT, LETTERHEAD, pages

REGULATION = WorkingRegulation(
    letterhead=LETTERHEAD,
    unit_name="Phường Tân Hưng",
    number="DT-01",
    as_of_on=date(2026, 11, 3),
    leaders=(
        LedBy(
            leader="Phó Chủ tịch UBND, Phó Chủ tịch 1 P. Tân Hưng",
            fields=(LedField(field="Chứng thực", body="Văn phòng", post="Chánh Văn phòng", tasks=12),),
        ),
    ),
    delegations=(
        Entrusting(
            number="12/QĐ-UBND",
            signed_on=date(2026, 1, 2),
            grantor="Chủ tịch UBND",
            grantee="Cán bộ một cửa",
            acts="ký văn bản, chứng thực",
            tasks=("2.000815",),
            first_on=date(2026, 1, 2),
            last_on=date(2026, 12, 31),
        ),
    ),
    lacking=(LedField(field="Thủy sản", body="Phòng Kinh tế", post="", tasks=6),),
)
ACTS = DelegatedActs(
    letterhead=LETTERHEAD,
    number="12/QĐ-UBND",
    grantor="Chủ tịch UBND",
    grantee="Cán bộ một cửa",
    first_on=date(2026, 7, 1),
    last_on=date(2026, 9, 30),
    acts=(DelegatedAct(code="H29.101-260803-CT0007", act="ký chứng thực", done_at=AT),),
)


def test_a_working_regulation_names_leaders_fields_delegations_and_what_lacks() -> None:
    text = " ".join(pages(REGULATION))
    for words in ("Phường Tân Hưng", "Chứng thực", "Phó Chủ tịch 1 P. Tân Hưng", "12/QĐ-UBND", "Thủy sản"):
        assert words in text
    assert "DỰ THẢO" in text.upper()


def test_a_report_lists_what_was_done_under_the_paper_and_names_no_citizen() -> None:
    text = " ".join(pages(ACTS))
    for words in ("12/QĐ-UBND", "H29.101-260803-CT0007", "tháng 7 năm 2026", "30 tháng 9 năm 2026"):
        assert words in text
    assert "Công dân" not in text


def test_a_period_without_an_act_says_so() -> None:
    assert "không" in " ".join(pages(replace(ACTS, acts=()))).lower()

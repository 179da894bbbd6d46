"""The register out as XLSX and CSV and in again: a report row by row, and a bad row changes nothing else."""

import base64
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lienthong.lib.spreadsheet import read_sheet
from lienthong.mandate.competence.models import CompetenceRule, RefusedLead, Task, WorkAssignment
from lienthong.mandate.competence.queries.sheets import PARTS, as_csv, from_csv
from tests.cast import TAN_HUNG
from tests.mandate.competence.pages.conftest import FIELD, Register, keyed, sheet, words

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def test_every_part_is_given_out(register: Register) -> None:
    browser = register.chair()
    for part in PARTS:
        answer = browser.get(f"/register/export/{part}/")
        assert answer.status_code == 200 and answer["Content-Disposition"].endswith('.xlsx"'), part
        content = read_sheet(BytesIO(answer.content))
        assert content.headers == tuple(one.header for one in PARTS[part].fields) and content.rows, part


def test_what_is_given_out_is_taken_in_as_unchanged(register: Register) -> None:
    browser = register.city()
    for part, kind in (("tasks", "csv"), ("rules", "xlsx")):
        content = browser.get(f"/register/export/{part}/?as={kind}").content
        assert content.startswith(b"\xef\xbb\xbf" if kind == "csv" else b"PK")
        file = SimpleUploadedFile(f"a.{kind}", content)
        report = browser.post(f"/register/import/{part}/", keyed(file=file)).context["report"]
        assert report.count("unchanged") == len(report.lines) > 10, (part, kind)


def test_a_bad_row_is_told_by_number_and_changes_nothing_else(register: Register) -> None:
    file = sheet(
        "tasks",
        ("TX-71", "Việc một", FIELD, "nhiệm vụ thường xuyên"),
        ("TX-72", None, FIELD),
        (register.task, "Tên khác", FIELD),
        ("TX-73", "Việc ba", FIELD, None, "999/2099/NĐ-CP"),
        ("TX-74", "Việc bốn", FIELD),
    )
    page = register.city().post("/register/import/tasks/", keyed(file=file))
    assert not Task.objects.filter(code__startswith="TX-7").exists()
    done = register.city().post("/register/import/tasks/", keyed(kept=page.context["carried"], apply="1"))
    report = done.context["report"]
    assert {line.number: str(line.outcome) for line in report.lines} == {
        2: "new",
        3: "rejected",
        4: "rejected",
        5: "rejected",
        6: "new",
    }
    told = words(done)
    assert "Cột “Tên nhiệm vụ” để trống" in told and "999/2099/NĐ-CP" in told and "đã có" in told
    assert set(Task.objects.filter(code__startswith="TX-7").values_list("code", flat=True)) == {
        "TX-71",
        "TX-74",
    }


def test_a_second_lead_in_a_file_is_refused_by_its_row(register: Register) -> None:
    cited = ("150/2025/NĐ-CP", None, "giả định", None, DAY)
    where = ("đơn vị được nêu tên", None, TAN_HUNG, "chủ trì")
    file = sheet(
        "rules",
        ("lĩnh vực", FIELD, *where, "Phòng Kinh tế", None, *cited),
        ("lĩnh vực", FIELD, *where, "Văn phòng HĐND và UBND", None, *cited),
        ("nhiệm vụ", "KHONG-CO", *where, "Phòng Kinh tế", None, *cited),
    )
    before = RefusedLead.objects.count()
    checked = register.city().post("/register/import/rules/", keyed(file=file))
    assert RefusedLead.objects.count() == before
    report = checked.context["report"]
    assert [str(line.outcome) for line in report.lines] == ["new", "rejected", "rejected"]
    assert (
        "competence.second_lead" in report.lines[1].codes
        and "competence.import_task" in report.lines[2].codes
    )
    register.city().post("/register/import/rules/", keyed(kept=checked.context["carried"], apply="1"))
    assert (
        CompetenceRule.objects.filter(reach_key=f"unit:{TAN_HUNG}", subject_key=f"field:{FIELD}").count() == 1
    )


def test_assignments_are_taken_in_by_the_unit_itself(register: Register) -> None:
    given = ("thụ lý", None, "Chuyên viên một", "QĐ 5/QĐ-UBND", DAY, DAY)
    file = sheet(
        "assignments", ("lĩnh vực", FIELD, *given), ("nhiệm vụ", register.task, "ký thừa lệnh", 10**9)
    )
    report = register.chair().post("/register/import/assignments/", keyed(file=file)).context["report"]
    assert [str(line.outcome) for line in report.lines] == ["rejected", "rejected"]
    post = WorkAssignment.objects.get(pk=register.ids["assignment_id"]).post_id
    good = sheet("assignments", ("lĩnh vực", "Hộ tịch", "thụ lý", post, None, "QĐ 5/QĐ-UBND", DAY, DAY))
    done = register.chair().post("/register/import/assignments/", keyed(file=good, apply="1"))
    assert done.context["report"].count("new") == 1
    assert WorkAssignment.objects.filter(instrument_text="QĐ 5/QĐ-UBND").count() == 1


def test_a_file_that_is_none_is_refused(register: Register) -> None:
    browser = register.city()
    for content, name in (
        (b"", "a.xlsx"),
        (b"PK nothing", "a.xlsx"),
        (b"\xff\xfe\x00", "a.csv"),
        (b"\n", "a.csv"),
    ):
        file = SimpleUploadedFile(name, content)
        answer = browser.post("/register/import/tasks/", keyed(file=file))
        assert answer.status_code == 422, name
        assert base64.b64encode(content).decode() not in answer.content.decode() or not content


def test_only_who_may_enter_may_import(register: Register) -> None:
    assert register.chair().get("/register/import/rules/").status_code == 404
    assert register.city().get("/register/import/assignments/").status_code == 404
    assert register.city().get("/register/import/bases/").status_code == 404
    assert register.as_officer(register.cast.clerk).get("/register/import/tasks/").status_code == 404


def test_a_csv_holds_no_formula() -> None:
    content = as_csv(PARTS["tasks"], [("=1+1", "+x", "@y", None, DAY)])
    assert b"'=1+1,'+x,'@y,,01/01/2026" in content
    assert read_sheet(BytesIO(from_csv(content, "x"))).rows

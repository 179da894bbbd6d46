"""A predecessor's list through the page: checked first, applied then, every row told."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from lienthong.core.scope.actions import entered
from lienthong.work.dossiers.access import dossiers_open_to
from tests.cast import Cast
from tests.fronts.administration.files import applied, sent, signed_in, told
from tests.work.dossiers.stage import PROCEDURE

pytestmark = pytest.mark.django_db
ADDRESS = "/administration/takeover/"
SOURCE = "Một cửa điện tử cũ, biên bản 01/BB"
HEAD = ("Mã hồ sơ", "Mã TTHC", "Người nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái hồ sơ", "CCCD")
GOOD = ("CU-1", PROCEDURE, "Công dân 0001", "1/6/2026", "05/06/2026", "Đang xử lý", "079190000001")
BAD = ("CU-2", PROCEDURE, "Công dân 0002", "hôm qua", "05/06/2026", "Đang xử lý", None)
ENDED = ("CU-3", PROCEDURE, "Công dân 0003", "1/6/2026", "05/06/2026", "Đã trả kết quả", None)
FORMULA = ("CU-4", PROCEDURE, "=A1", "1/6/2026", "05/06/2026", "Đang xử lý", None)


def codes(cast: Cast) -> list[str]:
    with entered(cast.clerk):
        rows = dossiers_open_to(cast.clerk).filter(case__code__startswith="CU-")
        return list(rows.order_by("case__code").values_list("case__code", flat=True))


def test_the_check_tells_every_row_and_writes_nothing_then_it_is_applied_once(
    client: Client, cast: Cast
) -> None:
    signed_in(client, cast.administrator)
    checked = sent(client, ADDRESS, HEAD, GOOD, BAD, ENDED, FORMULA, source=SOURCE)
    assert told(checked) == [
        (2, "new", ()),
        (3, "rejected", ("cell_moment",)),
        (4, "rejected", ("takeover.ended",)),
        (5, "rejected", ("row_formula",)),
    ]
    assert codes(cast) == [] and "Ghi 1 dòng" in checked.content.decode()
    done = applied(client, ADDRESS, checked, source=SOURCE)
    assert done.context["report"].applied and codes(cast) == ["CU-1"]
    again = sent(client, ADDRESS, HEAD, GOOD, source=SOURCE)
    assert told(again) == [(2, "unchanged", ())] and 'name="apply"' not in again.content.decode()


def test_the_whole_report_is_a_spreadsheet(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    checked = sent(client, ADDRESS, HEAD, GOOD, ENDED, source=SOURCE)
    told_as = {"kept": checked.context["carried"], "key": str(uuid4()), "as": "xlsx", "source": SOURCE}
    sheet = load_workbook(BytesIO(client.post(ADDRESS, told_as).content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [2, 3]
    assert sheet["C3"].value == "không nhập" and "đã kết thúc" in str(sheet["D3"].value)


def test_the_template_is_read_by_the_page_that_gives_it(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    given = client.get(f"{ADDRESS}?template")
    file = SimpleUploadedFile("mau.xlsx", given.content)
    checked = client.post(ADDRESS, {"file": file, "key": str(uuid4()), "source": SOURCE})
    assert told(checked) == [(2, "new", ())] and checked.context["report"].unused == ()


def test_wrong_files_are_told_in_a_sentence_beside_the_field(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    wrong = sent(client, ADDRESS, ("Mã số", "Người nộp"), ("1", "2"), source=SOURCE)
    assert wrong.status_code == 422 and "Tệp thiếu cột" in wrong.content.decode()
    empty = client.post(ADDRESS, {"key": str(uuid4()), "source": SOURCE})
    assert empty.status_code == 422 and "Chưa chọn tệp" in empty.content.decode()
    spoilt = client.post(ADDRESS, {"key": str(uuid4()), "source": SOURCE, "kept": "%%%"})
    assert spoilt.status_code == 422 and "chọn lại tệp" in spoilt.content.decode()
    unsaid = sent(client, ADDRESS, HEAD, GOOD, source="")
    assert unsaid.status_code == 422 and "biên bản bàn giao" in unsaid.content.decode()


def test_only_who_administers_the_unit_opens_it(client: Client, cast: Cast) -> None:
    for actor in (cast.clerk, cast.specialist, cast.city):
        assert signed_in(client, actor).get(ADDRESS).status_code == 404

"""The board of 168 units, a unit's checklist and its items, each opened from the other."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered
from lienthong.lib.spreadsheet import read_sheet
from lienthong.work.readiness.models import GoLive, Tick
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast
from tests.fronts.administration.files import signed_in

pytestmark = pytest.mark.django_db
BOARD = "/administration/readiness/"
UNIT = f"{BOARD}{TAN_HUNG}/"
READ = ("readiness_", "organisation_", "procedures_", "workdays_")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_city_sees_every_unit_and_each_cell_opens_its_item(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    text = page(client, BOARD)
    assert text.count("<tr data-row>") == 168 and "0 trong 168 đơn vị" in text
    cells = re.findall(r'class="ready [^"]+" href="([^"]+)"', text)
    assert len(cells) == 168 * 8 and "Chưa kiểm tra" in page(client, cells[0])


def test_the_board_costs_six_statements_of_its_own(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    page(client, BOARD)
    with CaptureQueriesContext(connection) as seen:
        page(client, BOARD)
    own = [row["sql"] for row in seen if "organisation_unitfact" in row["sql"] or "ANY" in row["sql"]]
    assert len(own) <= 7 and len(seen) <= 14


def test_it_is_narrowed_sorted_and_saved_as_a_spreadsheet(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    client.post(f"{UNIT}lines/", {"key": str(uuid4()), "state": "done"})
    assert page(client, f"{BOARD}?item=lines").count("<tr data-row>") == 167
    assert "Không có đơn vị nào" in page(client, f"{BOARD}?show=green")
    first = page(client, f"{BOARD}?order=ready").partition("<tr data-row>")[2]
    assert TAN_HUNG in first.partition("</tr>")[0]
    sheet = read_sheet(BytesIO(client.get(f"{BOARD}?xlsx=1&item=lines").content))
    assert len(sheet.rows) == 167 and sheet.headers[:3] == ("Mã đơn vị", "Đơn vị", "Còn thiếu")


def test_a_unit_is_led_to_its_own_and_ticks_what_it_saw(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    assert client.get(BOARD)["Location"] == UNIT
    assert client.get(f"{BOARD}{NHA_BE}/").status_code == 404
    posted = client.post(
        f"{UNIT}premises/", {"key": str(uuid4()), "state": "lacking", "note": "Quầy 3 chưa có máy"}
    )
    assert posted["Location"] == UNIT and "Quầy 3 chưa có máy" in page(client, UNIT)
    with entered(cast.administrator):
        assert Tick.objects.get().note == "Quầy 3 chưa có máy"


def test_what_is_wrong_is_told_on_the_form(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    bare = client.post(f"{UNIT}premises/", {"key": str(uuid4()), "state": "lacking"})
    assert bare.status_code == 422 and "còn thiếu gì" in bare.content.decode()
    empty = client.post(f"{UNIT}premises/", {"key": str(uuid4())})
    assert empty.status_code == 422 and "Hãy chọn đạt" in empty.content.decode()
    counted = client.post(f"{UNIT}people/", {"key": str(uuid4()), "state": "done"})
    assert counted.status_code == 422 and "hệ thống tự tính" in counted.content.decode()
    assert client.get(f"{UNIT}nonsense/").status_code == 404


def test_the_city_puts_a_unit_into_service_with_a_reason_while_items_are_missing(
    client: Client, cast: Cast
) -> None:
    signed_in(client, cast.city)
    refused = client.post(f"{UNIT}go_live/", {"key": str(uuid4())})
    assert refused.status_code == 422 and "mục chưa đạt" in refused.content.decode()
    client.post(f"{UNIT}go_live/", {"key": str(uuid4()), "reason": "Chạy song song hai tuần"})
    assert "Vận hành chính thức từ" in page(client, UNIT)
    with entered(cast.city):
        assert GoLive.objects.get().reason == "Chạy song song hai tuần"
    assert page(client, f"{BOARD}?show=live").count("<tr data-row>") == 1


def test_other_posts_do_not_find_it(client: Client, cast: Cast) -> None:
    signed_in(client, cast.clerk)
    assert client.get(BOARD).status_code == client.get(UNIT).status_code == 404
    signed_in(client, cast.administrator)
    assert client.get(f"{UNIT}go_live/").status_code == 404


def test_the_citys_own_posts_are_told_whose_board_it_is_and_are_not_offered_it(
    client: Client, cast: Cast
) -> None:
    for name in (f"chutich.{PROVINCE}", f"quantri.{PROVINCE}"):
        signed_in(client, cast.of(name))
        answer = client.get(BOARD)
        assert answer.status_code == 403 and "chuyên viên thành phố" in answer.content.decode()
    home = "/administration/"
    assert BOARD not in page(client, home)
    for actor in (cast.city, cast.administrator):
        signed_in(client, actor)
        assert BOARD in page(client, home)

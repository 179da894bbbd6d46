"""The overview: every number opens the list behind it, the spreadsheet is what the screen shows."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.statistics.actions import roll_up_missing
from lienthong.lib.spreadsheet import read_sheet
from lienthong.people.identity.models import Account
from tests.cast import TAN_HUNG, VINH_HOI, Cast
from tests.facilities.statistics.month import NOW, PLAYS, work

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'href="(/overview/list/\?[^"]+)"[^>]*>([\d.]+)</a>')
CONTROL = {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"}


def signed_in(client: Client, actor: Actor) -> Client:
    client.force_login(Account.objects.get(pk=actor.account_id))
    session = client.session
    session["acting_post"] = actor.post_id
    session.save()
    return client


def page(client: Client, address: str) -> str:
    with acting_at(NOW):
        response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_every_number_opens_a_list_of_so_many_rows(client: Client, cast: Cast) -> None:
    work()
    roll_up_missing(at=NOW)
    signed_in(client, cast.chair)
    links = NUMBER.findall(page(client, "/overview/?period=month"))
    assert len(links) > 20
    for address, number in {(unescape(address), number) for address, number in links}:
        assert page(client, address).count("data-row") == int(number), address


def test_today_and_the_longer_periods_are_shown(client: Client, cast: Cast) -> None:
    work()
    signed_in(client, cast.chair)
    assert "hôm nay là số sống" in page(client, "/overview/")
    month = page(client, "/overview/?period=month")
    assert "tháng 11/2026" in month and "<polyline" in month and "Số của từng phần" in month
    assert "quý IV/2026" in page(client, "/overview/?period=quarter")
    assert "năm 2026" in page(client, "/overview/?period=year&on=nonsense")
    assert 'class="wall"' in page(client, "/overview/?wall=1")


def test_a_unit_without_dossiers_says_what_would_be_here(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    assert "Chưa có hồ sơ nào trong kỳ này" in page(client, "/overview/")
    assert "Không có hồ sơ nào" in page(client, "/overview/list/?figure=overdue")


def test_the_spreadsheet_is_what_the_screen_shows(client: Client, cast: Cast) -> None:
    work()
    signed_in(client, cast.chair)
    with acting_at(NOW):
        content = client.get("/overview/xlsx/?period=month").content
    sheet = read_sheet(BytesIO(content))
    by_name = {row.cells[0]: row.cells for row in sheet.rows}
    shown = page(client, "/overview/?period=month")
    for name, received in re.findall(
        r'<tr><th scope="row">([^<]+)</th><td class="num"[^>]*>(?:<a[^>]*>)?(\d+)', shown
    ):
        assert by_name[unescape(name)][1] == int(received), name
    assert by_name["Cả đơn vị"][1] == PLAYS and not sheet.errors
    book = load_workbook(BytesIO(content))
    assert [one.sheet_state for one in book.worksheets] == ["visible"]


def test_the_list_as_a_spreadsheet_keeps_codes_as_text(client: Client, cast: Cast) -> None:
    work()
    signed_in(client, cast.chair)
    with acting_at(NOW):
        response = client.get("/overview/list/xlsx/?figure=received&period=month")
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None and sheet.max_row == PLAYS + 1
    assert {cell.data_type for (cell,) in sheet.iter_rows(min_row=2, max_col=1)} == {"s"}


def test_a_day_before_all_records_is_today(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)

    def shown(address: str) -> list[str]:
        return re.findall(
            r'<span class="quiet">((?:ngày|tuần|tháng|quý|năm) [^<]+)</span>', page(client, address)
        )

    for word in ("day", "week", "month", "quarter", "year"):
        today = shown(f"/overview/?period={word}")
        assert len(today) == 1
        for on in ("0001-01-01", "1999-12-31", "9999-12-31"):
            assert shown(f"/overview/?period={word}&on={on}") == today, (word, on)


def test_a_word_that_no_row_can_hold_is_missing(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    assert client.get("/overview/list/?figure=received&field=%00").status_code == 404
    assert client.get("/overview/list/xlsx/?figure=received&field=a%00").status_code == 404
    signed_in(client, cast.city)
    for address in (
        "/overview/?unit=%00",
        "/cockpit/list/?figure=received&unit=%00",
        "/cockpit/weekly/?unit=%00",
    ):
        assert client.get(address).status_code == 404, address


def test_only_posts_with_the_duty_see_it(client: Client, cast: Cast) -> None:
    assert signed_in(client, cast.clerk).get("/overview/").status_code in (403, 404)


def test_another_units_figures_look_missing(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    assert client.get(f"/overview/?unit={VINH_HOI}").status_code == 404
    assert client.get(f"/overview/list/?figure=received&unit={VINH_HOI}").status_code == 404
    assert client.get("/overview/list/?figure=nonsense").status_code == 404


def test_the_city_is_led_to_its_own_page_of_all_units(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    for address, place in (("", ""), ("xlsx/", "xlsx/")):
        with acting_at(NOW):
            answer = client.get(f"/overview/{address}?period=quarter&on=2026-08-20")
        assert answer["Location"] == f"/cockpit/{place}?period=quarter&on=2026-07-01"
    shown = page(client, "/cockpit/?period=quarter&on=2026-07-01")
    assert "quý III/2026" in shown and 'href="/overview/"' not in shown


def test_the_city_sees_each_unit_by_itself(client: Client, cast: Cast) -> None:
    work()
    signed_in(client, cast.city)
    one = page(client, f"/overview/?period=month&unit={TAN_HUNG}")
    assert "Phường Tân Hưng" in one
    for address, number in {(unescape(address), number) for address, number in NUMBER.findall(one)}:
        assert page(client, address).count("data-row") == int(number), address


def test_a_page_costs_few_statements(client: Client, cast: Cast) -> None:
    work()
    for actor, address, most in (
        (cast.chair, "/overview/", 2),
        (cast.chair, "/overview/?period=month", 3),
        (cast.chair, "/overview/list/?figure=received&period=month", 3),
        (cast.city, f"/overview/?period=month&unit={VINH_HOI}", 4),
    ):
        signed_in(client, actor)
        page(client, address)
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        spent = [one["sql"] for one in asked if one["sql"].split()[0] not in CONTROL]
        # Session, account, posts and scope are the frame's, on every page.
        assert len(spent) - 4 <= most, (address, spent)

"""The city's page: every unit in one table, every number its list, the sheet what the screen shows."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.statistics.actions import roll_up_missing
from lienthong.fronts.cockpit.queries.table import city_table
from lienthong.lib.spreadsheet import read_sheet
from lienthong.people.identity.models import Account
from tests.cast import TAN_HUNG, VINH_HOI, Cast
from tests.facilities.statistics.month import NOW, PLAYS, work

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'href="(list/\?[^"]+)"[^>]*>([\d.]+)</a>')
PERSON = re.compile(r"Công dân\s+\d", re.IGNORECASE)
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


def names(shown: str) -> list[str]:
    """The units of the table, in its order."""
    return [unescape(one) for one in re.findall(r"data-open>([^<]+)</a>", shown)]


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_every_number_opens_a_list_of_so_many_rows(client: Client, cast: Cast, period: str) -> None:
    work(TAN_HUNG, VINH_HOI)
    roll_up_missing(at=NOW)
    signed_in(client, cast.city)
    links = {
        (unescape(where), number)
        for where, number in NUMBER.findall(page(client, f"/cockpit/?period={period}"))
    }
    assert len(links) > 10
    for address, number in links:
        assert page(client, f"/cockpit/{address}").count("data-row") == min(50, int(number)), address


def test_every_unit_is_in_the_table_and_the_sum_is_theirs(cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    with entered(cast.city):
        table = city_table(cast.city, "month", at=NOW)
    assert len(table.lines) == 168 and table.total.received == 2 * PLAYS
    by_code = {line.code: line.figures for line in table.lines}
    assert by_code[TAN_HUNG].received == PLAYS and by_code[VINH_HOI].in_progress > 0


def test_rolled_up_or_live_the_table_says_the_same(cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    with entered(cast.city):
        live = city_table(cast.city, "month", at=NOW)
    roll_up_missing(at=NOW)
    with entered(cast.city):
        assert city_table(cast.city, "month", at=NOW) == live
    assert live.total.apologies > 0 and live.total.opinions > 0


def test_it_is_sorted_and_narrowed_by_links(client: Client, cast: Cast) -> None:
    work(TAN_HUNG)
    signed_in(client, cast.city)
    most = page(client, "/cockpit/?period=month&order=received")
    assert names(most).index("Phường Tân Hưng") < names(most).index("Phường An Lạc")
    assert 'aria-sort="descending"' in most
    least = page(client, "/cockpit/?period=month&order=-received")
    assert names(least)[-1] == "Phường Tân Hưng"
    few = page(client, "/cockpit/?q=tan hung&period=month")
    assert few.count("<tr data-row") == 1 and "Cộng 1 đơn vị" in few
    assert "Không có đơn vị nào có tên như vậy" in page(client, "/cockpit/?q=zzzz")
    assert page(client, "/cockpit/?order=nonsense&period=nonsense&on=x").count("<tr data-row") == 168


def test_the_spreadsheet_is_what_the_screen_shows(client: Client, cast: Cast) -> None:
    work(TAN_HUNG)
    signed_in(client, cast.city)
    with acting_at(NOW):
        content = client.get("/cockpit/xlsx/?period=month&order=received&q=tan").content
    sheet = read_sheet(BytesIO(content))
    shown = page(client, "/cockpit/?period=month&order=received&q=tan")
    found = names(shown)
    assert [row.cells[1] for row in sheet.rows[:-1]] == found and not sheet.errors
    assert sheet.rows[0].cells[0] == TAN_HUNG and sheet.rows[0].cells[2] == PLAYS
    assert sheet.rows[-1].cells[1] == f"Cộng {len(found)} đơn vị" and sheet.rows[-1].cells[2] == PLAYS


def test_the_list_names_no_person_and_goes_on_by_key(client: Client, cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    signed_in(client, cast.city)
    rows = page(client, "/cockpit/list/?figure=received&period=month")
    assert not PERSON.search(rows) and rows.count("data-row") == min(50, 2 * PLAYS)
    with acting_at(NOW):
        sheet = client.get("/cockpit/list/xlsx/?figure=received&period=month").content
    assert len(read_sheet(BytesIO(sheet)).rows) == 2 * PLAYS
    assert not any(PERSON.search(str(cell)) for row in read_sheet(BytesIO(sheet)).rows for cell in row.cells)


def test_only_the_city_sees_it(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    for address in (
        "",
        "xlsx/",
        "list/?figure=received",
        "list/xlsx/?figure=received",
        "shapes/",
        "peers/",
        "wall/",
    ):
        assert client.get(f"/cockpit/{address}").status_code in (403, 404), address
    with entered(cast.chair), pytest.raises(NotFound):
        city_table(cast.chair, "day", at=NOW)


def test_an_unknown_figure_or_unit_is_missing(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    assert client.get("/cockpit/list/?figure=nonsense").status_code == 404
    assert client.get("/cockpit/list/?figure=overdue&unit=99999").status_code == 404
    assert "Không có hồ sơ nào" in page(client, "/cockpit/list/?figure=overdue")


def test_the_page_costs_few_statements(client: Client, cast: Cast) -> None:
    work(TAN_HUNG)
    signed_in(client, cast.city)
    page(client, "/cockpit/?period=month")
    with CaptureQueriesContext(connection) as asked:
        page(client, "/cockpit/?period=month")
    spent = [one["sql"] for one in asked if one["sql"].split()[0] not in CONTROL]
    # Session, account, posts and scope are the frame's, on every page.
    assert len(spent) - 4 <= 8, spent


def test_units_of_like_size_stand_beside_each_other(client: Client, cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    roll_up_missing(at=NOW)
    signed_in(client, cast.city)
    peers = page(client, "/cockpit/peers/?period=month")
    assert [int(one) for one in re.findall(r"Nhóm \d: (\d+) đơn vị", peers)] == [42, 42, 42, 42]
    assert "trung vị" in peers and peers.index("Phường Tân Hưng") < peers.index('id="class-2"')


def test_a_day_before_all_records_is_today(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    for word in ("day", "week", "month", "quarter", "year"):
        assert page(client, f"/cockpit/?period={word}&on=0001-01-01").count("<tr data-row") == 168
    with acting_at(NOW):
        assert client.get("/cockpit/weekly/?on=0001-01-01").status_code == 200


def test_the_wall_goes_from_panel_to_panel(client: Client, cast: Cast) -> None:
    work(TAN_HUNG)
    signed_in(client, cast.city)
    shown, address = page(client, "/cockpit/wall/?period=week"), ""
    assert 'class="wall"' in shown
    seen = []
    for _ in range(7):
        seen.append(re.findall(r'data-view="(\w+)"', shown)[0])
        address = unescape(re.findall(r'hx-get="(/cockpit/wall/panel/[^"]+)"', shown)[0])
        assert "every 30s" in shown
        shown = page(client, address)
    assert seen == ["map", "worst", "table", "table", "table", "day", "map"]

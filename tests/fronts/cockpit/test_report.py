"""The weekly report: the figures of the page, the former week beside them, no applicant's name."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.statistics.actions import roll_up_missing
from lienthong.facilities.statistics.queries import unit_period
from lienthong.facilities.statistics.rules import span_before, span_of
from lienthong.fronts.cockpit.queries.report import weekly_of_city, weekly_of_unit
from lienthong.people.organisation.queries import unit_by_code
from tests.cast import TAN_HUNG, VINH_HOI, Cast
from tests.facilities.statistics.month import KIND, NOW, work
from tests.fronts.cockpit.test_city import PERSON, signed_in

pytestmark = pytest.mark.django_db


def words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_units_report_says_what_its_page_says(cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    roll_up_missing(at=NOW)
    unit = unit_by_code(TAN_HUNG, NOW.date())
    span = span_of("week", NOW.date() - timedelta(days=7))
    with entered(cast.chair):
        report = weekly_of_unit(cast.chair, unit, span.begin, NOW)
        now = unit_period(cast.chair, KIND, span, at=NOW).total
        before = unit_period(cast.chair, KIND, span_before(span), at=NOW).total
    lines = {line.name: line for line in report.lines}
    assert (lines["Tiếp nhận"].now, lines["Tiếp nhận"].before) == (str(now.received), str(before.received))
    assert lines["Đang giải quyết, cuối tuần"].now != "0" and not report.is_running
    assert report.overdue_count == len(report.overdue) > 0 and all(one.holder for one in report.overdue)
    assert [one.due_at for one in report.overdue] == sorted(one.due_at for one in report.overdue)
    assert sum(one.count for one in report.causes if "trong đó" not in one.name) == report.overdue_count


def test_the_citys_report_is_of_all_units(cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    roll_up_missing(at=NOW)
    with entered(cast.city):
        report = weekly_of_city(cast.city, NOW.date(), NOW)
    assert report.is_running and {one.unit for one in report.overdue} <= {
        "Phường Tân Hưng",
        "Phường Vĩnh Hội",
    }
    assert len({one.unit for one in report.overdue}) == 2 and report.place_name == "Thành phố Hồ Chí Minh"
    with entered(cast.chair), pytest.raises(NotFound):
        weekly_of_city(cast.chair, NOW.date(), NOW)


def test_a_unit_with_nothing_open_says_nought(cast: Cast) -> None:
    work(TAN_HUNG)
    unit = unit_by_code(VINH_HOI, NOW.date())

    def lines(on: date) -> dict[str, str]:
        with entered(cast.city):
            report = weekly_of_unit(cast.city, unit, on, NOW)
        return {line.name: line.now for line in report.lines}

    closed, running = NOW.date() - timedelta(days=7), NOW.date()
    assert "Quá hạn, cuối tuần" not in lines(closed)
    roll_up_missing(at=NOW)
    assert lines(closed)["Quá hạn, cuối tuần"] == lines(closed)["Đang giải quyết, cuối tuần"] == "0"
    assert "Quá hạn, cuối tuần" not in lines(running)


def test_it_is_printed_for_the_unit_and_for_the_city(client: Client, cast: Cast) -> None:
    work(TAN_HUNG)
    roll_up_missing(at=NOW)
    for actor, address, place in (
        (cast.chair, "/cockpit/weekly/", "Phường Tân Hưng"),
        (cast.city, "/cockpit/weekly/?on=2026-11-20", "Thành phố Hồ Chí Minh"),
        (cast.city, f"/cockpit/weekly/?unit={TAN_HUNG}&on=2026-11-20", "Phường Tân Hưng"),
    ):
        signed_in(client, actor)
        with acting_at(NOW):
            response = client.get(address)
        assert response["Content-Type"] == "application/pdf", address
        said = " ".join(words(response.content).split())
        assert place in said and "BÁO CÁO TUẦN" in said and not PERSON.search(said)
        assert re.search(r"quá hạn", said)


def test_another_units_report_is_missing(client: Client, cast: Cast) -> None:
    signed_in(client, cast.chair)
    assert client.get(f"/cockpit/weekly/?unit={VINH_HOI}").status_code == 404
    signed_in(client, cast.clerk)
    assert client.get("/cockpit/weekly/").status_code in (403, 404)

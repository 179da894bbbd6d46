"""The national portal's export: every row loaded or reported with its reason."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.lib.portal_export import COLUMNS
from lienthong.mandate.procedures import actions
from lienthong.mandate.procedures.enums import ImportOutcome
from lienthong.mandate.procedures.models import Procedure, ProcedureVersion
from lienthong.mandate.procedures.queries import effective_terms
from lienthong.mandate.procedures.values import ImportReport
from tests.cast import ON, TAN_HUNG, Cast

EXPORT = Path(__file__).resolve().parents[3] / "shared/data/procedures_commune_level_dvcqg_2026-07.csv"
AT = datetime(2026, 11, 2, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROW = {
    "code": "9.000007",
    "name": "Thủ tục thử nghiệm",
    "field": "Hộ tịch",
    "level": "Cấp xã",
    "ministry": "Bộ Tư pháp",
    "decision": "77/QĐ-THU",
    "kind": "",
    "subjects": "Công dân Việt Nam",
    "executing_agency": "Ủy ban nhân dân cấp xã",
    "channels": "Trực tiếp",
    "time_limits": "3 Ngày làm việc",
    "fees": "Miễn phí",
    "channel_detail": json.dumps(
        [{"channel": "Trực tiếp", "time": "3 Ngày làm việc", "fee": "Miễn phí", "desc": ""}]
    ),
    "result": "Giấy xác nhậnMã: KQ.G15.000099",
    "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/9",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _system() -> Iterator[None]:
    with entered(SYSTEM):
        yield


def export(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def load(*rows: dict[str, str]) -> ImportReport:
    return actions.import_procedures(io.BytesIO(export(*rows)), actor=SYSTEM, at=AT)


def outcomes(report: ImportReport) -> list[str]:
    return [row.outcome for row in report.rows]


def test_a_new_row_is_loaded_with_its_decision_and_can_be_found() -> None:
    assert outcomes(load(ROW)) == [ImportOutcome.LOADED]
    terms = effective_terms("9.000007", TAN_HUNG, ON)
    assert terms is not None
    assert [(limit.amount, limit.unit, limit.channel) for limit in terms.limits or ()] == [
        (3, "working_day", "counter")
    ]
    assert [(fee.amount, fee.channel) for fee in terms.fees or ()] == [(0, "counter")]
    version = ProcedureVersion.objects.get(procedure__code="9.000007")
    assert version.decision is not None
    assert (version.decision.number, version.decision.title) == ("77/QĐ-THU", "")


def test_the_same_row_again_is_unchanged() -> None:
    load(ROW)
    assert outcomes(load(ROW)) == [ImportOutcome.UNCHANGED]
    assert ProcedureVersion.objects.filter(procedure__code="9.000007").count() == 1


def test_a_changed_row_is_a_new_sequence_from_today_and_the_past_stays() -> None:
    load(ROW)
    assert outcomes(load({**ROW, "name": "Thủ tục đã đổi tên"})) == [ImportOutcome.NEW_VERSION]
    today, before = effective_terms("9.000007", "", ON), effective_terms("9.000007", "", ON.replace(day=1))
    assert today is not None
    assert before is not None
    assert (today.name, before.name) == ("Thủ tục đã đổi tên", "Thủ tục thử nghiệm")
    assert Procedure.objects.select_related("task").get(code="9.000007").task.name == "Thủ tục đã đổi tên"


def test_what_the_export_never_states_is_carried_over() -> None:
    load(ROW)
    ProcedureVersion.objects.filter(procedure__code="9.000007").update(at_once=True, boundary_free=True)
    load({**ROW, "name": "Thủ tục đã đổi tên"})
    terms = effective_terms("9.000007", "", ON)
    assert terms is not None
    assert (terms.at_once, terms.boundary_free) == (True, True)


def test_a_row_that_cannot_be_loaded_is_reported_with_its_line_and_reason() -> None:
    report = load(ROW, {**ROW, "code": "sai"}, {**ROW, "code": "9.000008", "name": ""})
    assert outcomes(report) == ["loaded", "rejected", "rejected"]
    assert [row.row_number for row in report.rows] == [2, 3, 4]
    assert "9.000008" in {row.code for row in report.rows if row.reason}


def test_a_text_longer_than_the_catalogue_holds_is_reported_and_never_cut() -> None:
    report = load({**ROW, "field": "x" * 201})
    assert outcomes(report) == ["rejected"]
    assert "200" in report.rows[0].reason
    assert not Procedure.objects.filter(code="9.000007").exists()


def test_a_file_that_is_no_export_is_refused_and_changes_nothing() -> None:
    with pytest.raises(Refused) as refused:
        actions.import_procedures(io.BytesIO(b"a,b\n1,2\n"), actor=SYSTEM, at=AT)
    assert refused.value.refusal.code == "portal_export.columns_missing"


def test_a_unit_does_not_load_the_catalogue() -> None:
    with pytest.raises(Refused) as refused:
        actions.import_procedures(io.BytesIO(export(ROW)), actor=Cast().administrator, at=AT)
    assert refused.value.refusal.code == "procedure.import_not_allowed"


def test_an_import_is_journalled_with_its_counts() -> None:
    load(ROW, {**ROW, "code": "sai"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data FROM journal_entry WHERE verb = 'procedures.imported' ORDER BY id DESC LIMIT 1"
        )
        (data,) = cursor.fetchone()
    found = json.loads(data) if isinstance(data, str) else data
    assert (found["loaded"], found["rejected"], found["codes"]) == (1, 1, ["9.000007"])


def test_the_command_prints_every_rejected_row_and_the_sum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(export(ROW, {**ROW, "code": "sai"}))
    call_command("import_procedures", str(file))
    said = capsys.readouterr().out
    assert "dòng 3  sai" in said
    assert "nhập mới: 1" in said
    assert "tổng số dòng: 2" in said


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("import_procedures", str(tmp_path / "absent.csv"))
    (tmp_path / "other.csv").write_text("a,b\n")
    with pytest.raises(CommandError, match="thiếu cột"):
        call_command("import_procedures", str(tmp_path / "other.csv"))


def test_each_of_the_588_rows_is_loaded_or_reported_and_the_seeds_agree_with_the_export() -> None:
    if not EXPORT.exists():
        pytest.skip("shared/data is not here: the portal's whole export cannot be loaded")
    seeded = set(ProcedureVersion.objects.exclude(source_url="").values_list("procedure__code", flat=True))
    start = perf_counter()
    with EXPORT.open("rb") as stream:
        report = actions.import_procedures(stream, actor=SYSTEM, at=AT)
    seconds = perf_counter() - start
    assert len(report.rows) == 588
    assert {row.outcome for row in report.rows} <= set(ImportOutcome)
    assert all(row.reason for row in report.rows if row.outcome == ImportOutcome.REJECTED)
    assert report.count(ImportOutcome.REJECTED) == 7
    unchanged = {row.code for row in report.rows if row.outcome == ImportOutcome.UNCHANGED}
    assert seeded - unchanged == set()
    assert report.count(ImportOutcome.LOADED) == 581 - len(seeded)
    assert seconds < 10
    with EXPORT.open("rb") as stream:
        assert actions.import_procedures(stream, actor=SYSTEM, at=AT).count(ImportOutcome.UNCHANGED) == 581

"""The portal's export: every row is parsed or rejected with a reason, and nothing is invented."""

import csv
import io
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from lienthong.lib.portal_channels import Channel
from lienthong.lib.portal_export import COLUMNS, ExportUnreadable, read_export
from lienthong.lib.portal_rows import Body, FeeKind, ProcedureRow, Rejected, TimeUnit

EXPORT = Path(__file__).resolve().parents[3] / "shared/data/procedures_commune_level_dvcqg_2026-07.csv"
BIRTH = {
    "code": "1.001193",
    "name": "Thủ tục đăng ký khai sinh",
    "field": "Hộ tịch",
    "level": "Cấp xã",
    "ministry": "Bộ Tư pháp",
    "decision": "163/QĐ-BTP",
    "kind": "TTHC được giao luật quy định chi tiết",
    "subjects": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức",
    "executing_agency": "Không có thông tin",
    "channels": "Dịch vụ bưu chính; Trực tiếp; Trực tuyến",
    "time_limits": "1",
    "fees": "Miễn phí",
    "channel_detail": json.dumps([{"channel": "Trực tiếp", "time": "1", "fee": "Miễn phí", "desc": ""}]),
    "result": "Giấy khai sinhMã: KQ.G15.000031",
    "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
}


def export(*rows: dict[str, str], bom: bool = False) -> io.BytesIO:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode("utf-8-sig" if bom else "utf-8"))


def parsed(**changes: str) -> ProcedureRow:
    (row,) = read_export(export({**BIRTH, **changes}))
    assert isinstance(row, ProcedureRow)
    return row


def rejected(**changes: str) -> Rejected:
    (row,) = read_export(export({**BIRTH, **changes}))
    assert isinstance(row, Rejected)
    return row


def test_a_row_is_read_with_byte_order_mark_and_windows_line_ends() -> None:
    (row,) = read_export(export(BIRTH, bom=True))
    assert isinstance(row, ProcedureRow)
    assert (row.row_number, row.code, row.name) == (2, "1.001193", "Thủ tục đăng ký khai sinh")
    assert row.executing_text == ""
    assert row.channels == (Channel.COUNTER, Channel.ONLINE, Channel.POST)


def test_text_as_well_as_bytes_is_read() -> None:
    (row,) = read_export(io.StringIO(export(BIRTH).getvalue().decode(), newline=""))
    assert isinstance(row, ProcedureRow)


def test_a_name_in_decomposed_unicode_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", BIRTH["name"])
    assert decomposed != BIRTH["name"]
    assert parsed(name=decomposed).name == BIRTH["name"]


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 Ngày làm việc", 3, TimeUnit.WORKING_DAY),
        ("15 Ngày", 15, TimeUnit.CALENDAR_DAY),
        ("1 Giờ", 1, TimeUnit.HOUR),
        ("2 Tháng", 2, TimeUnit.MONTH),
        ("1", 1, TimeUnit.NOT_STATED),
        ("30 Khác", 30, TimeUnit.NOT_STATED),
        ("8 OTHER", 8, TimeUnit.NOT_STATED),
        ("0", None, TimeUnit.NOT_STATED),
        ("Ngay trong ngày", None, TimeUnit.NOT_STATED),
    ],
)
def test_a_time_keeps_its_unit_and_gets_none_that_is_not_written(
    text: str, amount: int | None, unit: TimeUnit
) -> None:
    (limit,) = parsed(time_limits=text, channel_detail="[]").time_limits
    assert (limit.amount, limit.unit, limit.text) == (amount, unit, text)


def test_channels_with_the_same_time_are_one_row_and_the_rest_have_no_channel() -> None:
    detail = [
        {"channel": channel, "time": "3 Ngày làm việc", "fee": "Miễn phí", "desc": ""}
        for channel in ("Trực tuyến", "Trực tiếp")
    ]
    limits = parsed(
        time_limits="3 Ngày làm việc; 5 Ngày làm việc", channel_detail=json.dumps(detail)
    ).time_limits
    assert [(limit.channels, limit.amount) for limit in limits] == [
        ((Channel.COUNTER, Channel.ONLINE), 3),
        ((), 5),
    ]


def test_no_information_is_no_row() -> None:
    row = parsed(time_limits="", fees="", channel_detail="[]")
    assert (row.time_limits, row.fees) == ((), ())


def test_a_detail_cut_short_gives_its_whole_entries_and_says_so() -> None:
    whole = {"channel": "Trực tiếp", "time": "2 Ngày", "fee": "Miễn phí", "desc": "a {b}"}
    cut = json.dumps([whole, whole], ensure_ascii=False)[:-12]
    row = parsed(time_limits="2 Ngày", channel_detail=cut)
    assert row.detail_truncated
    assert [(limit.amount, limit.description) for limit in row.time_limits] == [(2, "a {b}")]


@pytest.mark.parametrize(
    ("text", "kind", "amount", "currency", "per"),
    [
        ("Miễn phí", FeeKind.FREE, 0, "VND", ""),
        ("20,000 VNĐ", FeeKind.FIXED, 20_000, "VND", ""),
        ("4,500,000 Việt Nam Đồng((bốn triệu năm trăm nghìn)", FeeKind.FIXED, 4_500_000, "VND", ""),
        ("50,000 Việt Nam Đồng(/giao dịch)", FeeKind.FIXED, 50_000, "VND", "giao dịch"),
        ("70,000 VNĐ(70.000 đồng/Giấy chứng nhận.)", FeeKind.FIXED, 70_000, "VND", "Giấy chứng nhận"),
        ("20 VNĐ(20.000 vnđ /tờ khai)", FeeKind.DOUBTFUL, None, "VND", "tờ khai"),
        ("500 VNĐ(Lệ phí)", FeeKind.DOUBTFUL, None, "VND", ""),
        ("Theo quy định", FeeKind.DOUBTFUL, None, "VND", ""),
    ],
)
def test_a_fee_is_a_sum_only_where_the_text_agrees(
    text: str, kind: FeeKind, amount: int | None, currency: str, per: str
) -> None:
    (fee,) = parsed(fees=text, channel_detail="[]").fees
    assert (fee.kind, fee.amount, fee.currency, fee.per) == (kind, amount, currency, per)
    assert bool(fee.doubt) == (kind is FeeKind.DOUBTFUL)


def test_two_fees_in_a_cell_are_two_rows_and_a_semicolon_in_a_remark_is_none() -> None:
    fees = parsed(
        fees="2,000 Việt Nam Đồng(/trang); 10 USD(/bản; cơ quan đại diện)", channel_detail="[]"
    ).fees
    assert [(fee.amount, fee.currency) for fee in fees] == [(2_000, "VND"), (10, "USD")]


def test_the_steps_and_the_ceiling_of_a_copying_fee_are_read() -> None:
    text = (
        "2,000 Việt Nam Đồng(2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, "
        "tối đa thu không quá 200.000 đồng/bản.)"
    )
    (fee,) = parsed(fees=text, channel_detail="[]").fees
    assert (fee.amount, fee.tier_from, fee.tier_amount, fee.max_amount) == (2_000, 3, 1_000, 200_000)


def test_a_fee_left_to_the_provinces_council_says_so() -> None:
    text = "150,000 Việt Nam Đồng(- Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)"
    (fee,) = parsed(fees=text, channel_detail="[]").fees
    assert fee.kind is FeeKind.SET_LOCALLY
    assert "Hội đồng nhân dân" in fee.doubt


def test_free_of_charge_is_doubted_where_the_remark_speaks_of_the_council() -> None:
    entry = {"channel": "Trực tiếp", "time": "1", "fee": "Miễn phí", "desc": "Mức do HĐND tỉnh quyết định."}
    (fee,) = parsed(channel_detail=json.dumps([entry])).fees
    assert fee.kind is FeeKind.FREE
    assert fee.doubt


def test_subjects_whose_names_have_commas_stay_whole() -> None:
    assert parsed().subjects == (
        "Công dân Việt Nam",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Cán bộ, công chức, viên chức",
    )


def test_results_run_together_are_taken_apart() -> None:
    results = parsed(result="Thông báoMã: KQ.G12.001009Giấy chứng nhậnMã: KQ.G12.001041").results
    assert [(result.name, result.code) for result in results] == [
        ("Thông báo", "KQ.G12.001009"),
        ("Giấy chứng nhận", "KQ.G12.001041"),
    ]


@pytest.mark.parametrize(
    ("changes", "body", "named"),
    [
        ({}, Body.COMMITTEE, False),
        ({"executing_agency": "Chủ tịch Uỷ ban nhân dân xã"}, Body.COMMITTEE, True),
        ({"executing_agency": "Công an cấp Xã", "ministry": "Bộ Công an"}, Body.POLICE, True),
        ({"field": "Hải quan"}, Body.VERTICAL, False),
        ({"executing_agency": "Sở Xây dựng", "level": "Cấp tỉnh, Cấp xã"}, Body.OTHER, True),
    ],
)
def test_the_body_is_the_one_named_or_an_assumption(changes: dict[str, str], body: Body, named: bool) -> None:
    row = parsed(**changes)
    assert (row.body, row.body_named) == (body, named)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": "001193"}, "code_malformed"),
        ({"name": ""}, "name_missing"),
        ({"name": "Công bố Danh mục và Quy trình nội bộ thủ tục hành chính"}, "promulgation_title"),
        ({"level": "Cấp tỉnh"}, "not_commune_level"),
    ],
)
def test_a_row_that_is_no_procedure_is_rejected_with_its_reason(changes: dict[str, str], reason: str) -> None:
    row = rejected(**changes)
    assert (row.row_number, row.reason_code) == (2, reason)
    assert row.reason.endswith(".")


def test_the_second_row_of_a_code_is_rejected_and_names_the_first() -> None:
    first, second = read_export(export(BIRTH, BIRTH))
    assert isinstance(first, ProcedureRow)
    assert isinstance(second, Rejected)
    assert (second.row_number, second.reason_code) == (3, "code_repeated")
    assert "dòng 2" in second.reason


def test_a_row_of_another_width_is_rejected_and_the_next_is_read() -> None:
    stream = io.BytesIO(export(BIRTH).getvalue().replace(b"1.001193", b"9.9\r\n1.001193", 1))
    broken, whole = read_export(stream)
    assert isinstance(broken, Rejected)
    assert broken.reason_code == "row_width"
    assert isinstance(whole, ProcedureRow)


def test_another_file_is_refused_naming_the_columns_it_lacks() -> None:
    with pytest.raises(ExportUnreadable) as refused:
        list(read_export(io.BytesIO(b"a,b\r\n1,2\r\n")))
    assert refused.value.code == "portal_export.columns_missing"
    assert "code" in refused.value.sentence


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", "mã,tên".encode("utf-16")])
def test_a_file_that_is_not_utf8_is_refused(content: bytes) -> None:
    with pytest.raises(ExportUnreadable) as refused:
        list(read_export(io.BytesIO(content)))
    assert refused.value.code == "portal_export.not_utf8"


@pytest.mark.skipif(not EXPORT.exists(), reason="the real export (../shared/data) is not here")
def test_all_588_rows_of_the_real_export_are_accounted_for() -> None:
    with EXPORT.open("rb") as stream:
        rows = list(read_export(stream))
    refusals = Counter(row.reason_code for row in rows if isinstance(row, Rejected))
    procedures = [row for row in rows if isinstance(row, ProcedureRow)]
    assert [row.row_number for row in rows] == list(range(2, 590))
    assert refusals == {"promulgation_title": 7}
    assert len(procedures) == 581
    assert all(limit.text for row in procedures for limit in row.time_limits)
    assert all(
        fee.amount is not None or fee.kind is FeeKind.DOUBTFUL for row in procedures for fee in row.fees
    )


@pytest.mark.skipif(not EXPORT.exists(), reason="the real export (../shared/data) is not here")
def test_no_unit_is_invented_for_the_bare_numbers_of_the_real_export() -> None:
    with EXPORT.open("rb") as stream:
        procedures = [row for row in read_export(stream) if isinstance(row, ProcedureRow)]
    bare = [limit for row in procedures for limit in row.time_limits if limit.text.isdigit()]
    assert len(bare) == 152
    assert {limit.unit for limit in bare} == {TimeUnit.NOT_STATED}

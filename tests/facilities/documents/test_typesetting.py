"""Every paper of the one-stop shop, read back from its PDF as a citizen's reader would."""

from __future__ import annotations

import io
import threading
import time
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pypdf import PdfReader

from lienthong.facilities.documents.typesetting import MEASURES, amount_in_words, render
from lienthong.facilities.documents.typesetting.glyphs import drawable
from lienthong.facilities.documents.typesetting.values import (
    ApologyLetter,
    CloseLine,
    ControlSlip,
    ControlStep,
    DailyClose,
    DossierRegister,
    FeeItem,
    FeeReceipt,
    Form,
    HaltNotice,
    Illustrative,
    IntakeReceipt,
    IntakeSlip,
    Lack,
    Letterhead,
    Paper,
    Refusal,
    RegisterRow,
    Signature,
    SupplementRequest,
    WeekCause,
    WeekLine,
    WeeklyReport,
    WeekOverdue,
    WeekShare,
)
from lienthong.facilities.documents.typesetting.words import clean, long_date

FONTS = Path(__file__).parents[3] / "node_modules" / "@expo-google-fonts" / "tinos"
HANOI = timezone(timedelta(hours=7))
CODE = "H29.101-261007-0012"
URL = "https://mot-cua.example/tra-cuu?ma=H29.101-261007-0012&k=7Q4M-2XKD"
LETTERHEAD = Letterhead(
    parent_name="Ủy ban nhân dân phường Tân Hưng",
    agency_name="Trung tâm Phục vụ hành chính công",
    place="Tân Hưng",
    number="0123/TTPVHCC",
    issued_on=date(2026, 10, 7),
)


def at(day: int, hour: int = 8, minute: int = 30) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=HANOI)


ABOUT = {
    "letterhead": LETTERHEAD,
    "code": CODE,
    "lookup_url": URL,
    "applicant_name": "Công dân 0123",
    "address": "Khu phố 3, phường Tân Hưng",
    "phone": "0900 000 123",
    "procedure": "Đăng ký khai sinh",
}
RECEIPT = IntakeReceipt(
    **ABOUT,
    received_at=at(7),
    promised_at=at(12, 16, 30),
    papers=(Paper(name="Tờ khai đăng ký khai sinh", originals=1), Paper(name="Giấy chứng sinh", copies=2)),
    quantity=1,
    time_limit_text=Illustrative("03 ngày làm việc"),
    returning_place="Quầy số 4",
    fee_text="Miễn lệ phí",
    clerk_name="Cán bộ một cửa P. Tân Hưng",
    clerk_title="Công chức một cửa",
)
LACKS = (
    Lack(what="Giấy chứng sinh (bản chính)", why="Chỉ có bản chụp"),
    Lack(what="Tờ khai chưa ký"),
)
LEADER = Signature(title="Phó Chủ tịch", on_behalf="KT. Chủ tịch", name="Cán bộ 0045")
SUPPLEMENT = SupplementRequest(**ABOUT, lacks=LACKS, round=2, paused_at=at(8), return_by=at(20))
REFUSAL = Refusal(**ABOUT, reasons=LACKS[:1], presented_at=at(7), guidance="Nộp tại quầy số 2.")
APOLOGY = ApologyLetter(
    **ABOUT,
    received_at=at(7),
    promised_at=at(12, 16, 30),
    new_promised_at=at(15, 16),
    cause="Chờ kết quả xác minh.",
    signature=LEADER,
    round=1,
)
HALT = HaltNotice(**ABOUT, reason="Người nộp rút hồ sơ.", signature=LEADER, halted_at=at(9))
CONTROL = ControlSlip(
    letterhead=LETTERHEAD,
    code=CODE,
    procedure="Đăng ký khai sinh",
    steps=(
        ControlStep(
            giver="Bộ phận một cửa",
            taker="Phòng Văn hóa - Xã hội",
            handed_at=at(7, 9),
            received_at=at(7, 10),
            result="Nhận đủ hồ sơ",
            timeliness="Đúng hạn",
        ),
    ),
)
REGISTER = DossierRegister(
    letterhead=LETTERHEAD,
    first_on=date(2026, 10, 1),
    last_on=date(2026, 10, 7),
    rows=(
        RegisterRow(
            code=CODE, procedure="Đăng ký khai sinh", applicant_name="Công dân 0123", received_at=at(7)
        ),
    ),
)
FEE = FeeReceipt(
    letterhead=LETTERHEAD,
    payer_name="Công dân 0123",
    items=(
        FeeItem(name="Bản sao", amount=8000, quantity=4, unit_amount=2000),
        FeeItem(name="Lệ phí", amount=150000),
    ),
    paid_at=at(7),
    method="Tiền mặt",
)
CLOSE = DailyClose(
    letterhead=LETTERHEAD,
    closed_on=date(2026, 10, 7),
    lines=(
        CloseLine(number="00001", paid_at=at(7), payer_name="Công dân 0001", amount=8000, method="Tiền mặt"),
        CloseLine(
            number="00002", paid_at=at(7), payer_name="Công dân 0002", amount=5000, void_reason="Ghi nhầm"
        ),
        CloseLine(
            number="00003", paid_at=at(7), payer_name="Công dân 0003", amount=150000, method="Chuyển khoản"
        ),
    ),
    expected_cash=8000,
    counted_cash=7000,
)
WEEK = WeeklyReport(
    letterhead=LETTERHEAD,
    place_name="Phường Tân Hưng",
    first_on=date(2026, 10, 5),
    last_on=date(2026, 10, 11),
    printed_at=at(12),
    lines=(WeekLine(name="Tiếp nhận", now="1.204", before="1.100", change="+104"),),
    fields=(WeekShare(name="Hộ tịch", finished=40, late=1, share="97,5%"),),
    overdue=(
        WeekOverdue(
            code=CODE, procedure="Khai sinh", holder="Chuyên viên Tư pháp", due_at=at(8), state="Đang xử lý"
        ),
    ),
    overdue_count=1,
    causes=(WeekCause(name="Đang xử lý", count=1),),
)
PAPERS: dict[str, tuple[Form, list[str]]] = {
    "01": (RECEIPT, ["GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Giấy chứng sinh", "Tờ khai đăng ký khai sinh", "Công chức một cửa"]),
    "01 slip": (IntakeSlip(receipt=RECEIPT), ["PHIẾU HẸN TRẢ KẾT QUẢ", "16:30 12/10/2026", "2 loại, 1 bộ"]),
    "02": (SUPPLEMENT, ["PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Lần thứ 2", "Giấy chứng sinh (bản chính)", "không nêu"]),
    "03": (REFUSAL, ["PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Chỉ có bản chụp", "Nộp tại quầy số 2."]),
    "04": (APOLOGY, ["VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", "Chờ kết quả xác minh.", "ngày 15 tháng 10 năm 2026", "ngày 12 tháng 10 năm 2026", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nơi nhận:"]),
    "05": (HALT, ["DỪNG GIẢI QUYẾT HỒ SƠ", "Người nộp rút hồ sơ.", "Căn cứ: không nêu"]),
    "06": (CONTROL, ["PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Nhận: Phòng Văn hóa - Xã hội", "Đúng hạn"]),
    "07": (REGISTER, ["SỔ THEO DÕI HỒ SƠ", "Cộng: 1 hồ sơ."]),
    "fee": (FEE, ["BIÊN LAI NỘI BỘ", "158.000", "Một trăm năm mươi tám nghìn đồng"]),
    "week": (WEEK, ["BÁO CÁO", "1.204", "97,5%", "Chuyên viên Tư pháp"]),
    "close": (CLOSE, ["BẢNG CHỐT THU PHÍ, LỆ PHÍ TRONG NGÀY", "Tổng cộng 2 biên lai, đã hủy 1", "158.000", "Ghi nhầm", "-1.000 đồng"]),
}  # fmt: skip


def pages_of(form: Form) -> list[str]:
    reader = PdfReader(io.BytesIO(render(form, font_dir=FONTS)))
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader.pages]


def text_of(form: Form) -> str:
    return " ".join(pages_of(form))


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_says_in_composed_vietnamese_what_it_must(name: str) -> None:
    form, expected = PAPERS[name]
    text = text_of(form)
    assert text == unicodedata.normalize("NFC", text)
    assert [words for words in expected if words not in text] == []


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "01 slip"])
def test_each_paper_opens_as_state_papers_do(name: str) -> None:
    text = text_of(PAPERS[name][0])
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "Số: 0123/TTPVHCC" in text
    assert "Tân Hưng, ngày 07 tháng 10 năm 2026" in text


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_archival_accessible_and_names_its_language(name: str) -> None:
    pdf = render(PAPERS[name][0], font_dir=FONTS)
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None and reader.metadata.title
    assert str(reader.trailer["/Root"]["/Lang"]).lower().startswith("vi")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_values_give_the_same_bytes(name: str) -> None:
    form = PAPERS[name][0]
    assert render(form, font_dir=FONTS) == render(form, font_dir=FONTS)


def test_the_promise_stands_on_the_receipt_with_what_was_handed_in() -> None:
    text = text_of(RECEIPT)
    assert "Thời gian nhận hồ sơ: 08 giờ 30 phút, ngày 07 tháng 10 năm 2026" in text
    assert "Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 12 tháng 10 năm 2026" in text
    assert f"Mã hồ sơ: {CODE}" in text
    assert f"tại: {URL}" in text


def test_a_demonstration_value_is_marked_and_a_real_one_is_not() -> None:
    assert "03 ngày làm việc (giá trị minh họa)" in text_of(RECEIPT)
    assert "minh họa" not in text_of(replace(RECEIPT, time_limit_text="03 ngày làm việc"))


def test_what_is_not_known_is_not_invented() -> None:
    bare = IntakeReceipt(
        letterhead=replace(LETTERHEAD, parent_name=None, number=None),
        code=CODE,
        applicant_name="Công dân 0001",
        procedure="  ",
        received_at=at(7),
        promised_at=None,
    )
    text = text_of(bare)
    assert "Thời gian giải quyết hồ sơ theo quy định: không nêu" in text
    assert "Thời gian trả kết quả giải quyết hồ sơ: không nêu" in text
    assert "Nội dung yêu cầu giải quyết: không nêu" in text
    assert "Miễn" not in text and "None" not in text and "Quét mã" not in text


@pytest.mark.parametrize(
    "form", [RECEIPT, SUPPLEMENT, REFUSAL, APOLOGY, HALT, IntakeSlip(receipt=RECEIPT, width_mm=58)]
)
def test_a_citizens_paper_carries_the_look_up_code(form: Form) -> None:
    assert "Quét mã để tra cứu hồ sơ" in text_of(form)


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "]#[*x*]",
        '"}, "code": "X", {"',
        "*đậm* _nghiêng_ $x^2$ `mã` <nhãn> @dẫn \\ // /* = -",
        "{{ code }} %s ${HOME}",
    ],
)
def test_a_hostile_name_is_only_text(name: str) -> None:
    text = text_of(replace(RECEIPT, applicant_name=name, papers=(Paper(name=Illustrative(name)),)))
    assert text.count(name) >= 3
    assert "root:" not in text


def test_signs_that_the_font_lacks_are_shown_by_code_point_and_marks_that_turn_text_are_dropped() -> None:
    text = text_of(replace(RECEIPT, applicant_name="Công\x00 dân\u202e 漢\U0001f600\r\n0123"))
    assert "Công dân [U+6F22][U+1F600] 0123" in text


def test_a_name_written_in_pieces_is_composed() -> None:
    assert "Nguyễn" in text_of(replace(RECEIPT, applicant_name=unicodedata.normalize("NFD", "Nguyễn 0123")))


def test_an_endless_word_is_broken_before_the_edge() -> None:
    pdf = render(replace(RECEIPT, applicant_name="Ng" * 400), font_dir=FONTS)
    lines = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\u200b", "").splitlines()
    named = [line for line in lines if "NgNg" in line]
    assert sum(line.count("Ng") for line in named) >= 400
    assert (
        max(map(len, named)) <= 56
    )  # bold 13 pt: 48 letters fill the column beside the QR code, 58 the page


def test_two_hundred_papers_break_over_pages_under_a_repeated_head() -> None:
    many = tuple(Paper(name=f"Giấy tờ số {number}", originals=1) for number in range(1, 201))
    pages = pages_of(replace(RECEIPT, papers=many))
    listing = [page for page in pages if "Giấy tờ số" in page]
    assert len(listing) > 3
    assert all("Tên giấy tờ" in page for page in listing)
    assert all(f"Giấy tờ số {number}" in " ".join(pages) for number in range(1, 201))
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]


def test_a_register_is_landscape_and_repeats_its_head() -> None:
    rows = tuple(replace(REGISTER.rows[0], code=f"H29.101-261007-{n:04d}") for n in range(120))
    form = replace(REGISTER, rows=rows)
    page = PdfReader(io.BytesIO(render(form, font_dir=FONTS))).pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert all("Hẹn trả" in text for text in pages_of(form) if "261007" in text)


@pytest.mark.parametrize("width", [58, 80])
def test_the_slip_is_as_wide_as_the_printers_roll(width: int) -> None:
    slip = IntakeSlip(receipt=RECEIPT, width_mm=width)  # type: ignore[arg-type]
    pages = PdfReader(io.BytesIO(render(slip, font_dir=FONTS))).pages
    assert len(pages) == 1
    assert float(pages[0].mediabox.width) == pytest.approx(width / 25.4 * 72, abs=0.5)


def test_times_are_told_in_vietnams_hours_and_need_their_zone() -> None:
    assert "00 giờ 15 phút, ngày 08 tháng 10" in text_of(
        replace(RECEIPT, received_at=datetime(2026, 10, 7, 17, 15, tzinfo=UTC))
    )
    with pytest.raises(ValueError, match="time zone"):
        render(replace(RECEIPT, received_at=datetime(2026, 10, 7, 8, 0)), font_dir=FONTS)  # noqa: DTZ001


def test_a_missing_font_is_said_and_no_other_is_taken(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Tinos"):
        render(RECEIPT, font_dir=tmp_path)


def test_two_counters_print_at_once() -> None:
    made: dict[str, bytes] = {}

    def print_at(code: str) -> None:
        made[code] = render(replace(RECEIPT, code=code), font_dir=FONTS)

    threads = [threading.Thread(target=print_at, args=(f"H29-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {f"H29-{n}": render(replace(RECEIPT, code=f"H29-{n}"), font_dir=FONTS) for n in range(4)}


def test_a_receipt_takes_a_blink() -> None:
    render(RECEIPT, font_dir=FONTS)
    started = time.perf_counter()
    for number in range(10):
        render(replace(RECEIPT, code=f"H29.101-261007-{number:04d}"), font_dir=FONTS)
    each = (time.perf_counter() - started) / 10
    print(f"{1 / each:.0f} receipts a second")
    assert each < 0.5  # a bound for a busy machine; the usual figure is below 0.03 s


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "Không đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (8000, "Tám nghìn đồng"),
        (1005000, "Một triệu không trăm lẻ năm nghìn đồng"),
        (150000, "Một trăm năm mươi nghìn đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (1_000_000_000_001, "Một nghìn tỷ không trăm lẻ một đồng"),
    ],
)
def test_an_amount_is_read_aloud_as_a_cashier_does(amount: int, expected: str) -> None:
    assert amount_in_words(amount) == expected


def test_a_date_takes_a_nought_before_small_days_and_the_first_two_months() -> None:
    assert long_date(date(2026, 2, 9)) == "ngày 09 tháng 02 năm 2026"
    assert long_date(date(2026, 3, 10)) == "ngày 10 tháng 3 năm 2026"


def test_the_font_draws_every_vietnamese_letter_and_cleaning_leaves_them_alone() -> None:
    known = frozenset.intersection(*map(drawable, FONTS.rglob("*.ttf")))
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    assert clean(letters + letters.upper(), known) == letters + letters.upper()


def test_every_measure_names_its_source_and_how_sure_it_is() -> None:
    assert len({m.name for m in MEASURES}) == len(MEASURES)
    assert all(m.value > 0 and m.unit in ("mm", "pt") and m.source and m.confidence for m in MEASURES)

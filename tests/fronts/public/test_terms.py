"""What a procedure demands, in words; what is not stated is never filled in."""

import pytest

from lienthong.fronts.public.rules.terms import confidence_words, fee_words, limit_words, row_of, sheet_of
from lienthong.mandate.procedures.values import FeeRule, Limit, Paper, ProcedurePage, Terms

REMARK = "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)"


def limit(amount: int | None, unit: str, **more: str) -> Limit:
    return Limit(amount=amount, unit=unit, text="", **more)


def fee(amount: int | None, per: str = "", **more: object) -> FeeRule:
    return FeeRule(amount=amount, per=per, label="Phí, lệ phí", text="", **more)  # type: ignore[arg-type]


def page(**changes: object) -> ProcedurePage:
    values: dict[str, object] = {
        "procedure_code": "1.000080",
        "version_id": 1,
        "task_id": 1,
        "name": "Thủ tục",
        "field": "Hộ tịch",
        "executing_body": "commune_committee",
        "channels": ("counter", "online"),
        "result": "",
        "at_once": None,
        "boundary_free": None,
        "limits": None,
        "fees": None,
        "papers": None,
        "steps": None,
    }
    terms = Terms(**{**values, **changes})  # type: ignore[arg-type]
    return ProcedurePage(terms, "", "", "", "not_stated", "", "", "", "", ())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (limit(3, "working_day"), "3 ngày làm việc"),
        (limit(20, "calendar_day"), "20 ngày"),
        (limit(8, "working_hour"), "8 giờ làm việc"),
        (limit(24, "calendar_hour"), "24 giờ"),
        (limit(2, "month"), "2 tháng"),
        (limit(0, "working_day"), "trong ngày làm việc"),
        (limit(7, ""), "7 (nguồn không nêu đơn vị thời gian)"),
        (limit(None, ""), "nguồn không nêu"),
    ],
)
def test_a_time_limit(given: Limit, words: str) -> None:
    assert limit_words(given) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (fee(0), "miễn phí"),
        (fee(None), "nguồn không nêu"),
        (fee(8000, "bản"), "8.000 đ mỗi bản"),
        (
            fee(2000, "trang", tier_from=3, tier_amount=1000, max_amount=200000),
            "2.000 đ mỗi trang; từ trang thứ 3: 1.000 đ; tối đa 200.000 đ",
        ),
    ],
)
def test_a_fee(given: FeeRule, words: str) -> None:
    assert fee_words(given) == words


def test_how_sure_a_value_is() -> None:
    assert confidence_words("verified", "NĐ 23/2015/NĐ-CP") == "NĐ 23/2015/NĐ-CP"
    assert confidence_words("illustrative", "giá trị minh họa") == "giá trị minh họa"
    assert confidence_words("assumption") == "chưa chắc chắn, hãy hỏi quầy trước khi làm"
    assert confidence_words("") == ""


def test_channels_of_which_the_same_is_said_share_a_line() -> None:
    limits = tuple(
        limit(days, "working_day", channel=on) for on, days in (("counter", 5), ("post", 5), ("online", 3))
    )
    times = sheet_of(page(limits=limits), "").times
    assert [(line.words, line.channels) for line in times] == [
        ("5 ngày làm việc", "trực tiếp, bưu chính công ích"),
        ("3 ngày làm việc", "trực tuyến"),
    ]
    assert row_of(page(limits=limits).terms).time == "5 ngày làm việc / 3 ngày làm việc"


def test_the_remark_on_the_fee_is_not_told_beside_the_time() -> None:
    sheet = sheet_of(
        page(limits=(limit(7, "", case=REMARK),), fees=(fee(0, case=REMARK, doubt="Chưa rõ."),)), ""
    )
    assert sheet.times[0].remark == ""
    assert sheet.fees[0].remark == REMARK.strip("()")
    assert sheet.fees[0].doubt == "Chưa rõ."


def test_not_stated_is_neither_none_needed_nor_free() -> None:
    silent, empty = sheet_of(page(), ""), sheet_of(page(papers=()), "")
    assert silent.papers is None
    assert empty.papers == ()
    assert row_of(page().terms).fee == row_of(page().terms).time == "nguồn không nêu"


def test_illustrative_terms_are_named_and_steps_stay_inside() -> None:
    terms = {"illustrative": ("papers", "steps"), "papers": (Paper("Tờ khai", 1, 2, required=False),)}
    sheet = sheet_of(page(**terms), "")
    assert sheet.illustrative == ("thành phần hồ sơ",)
    assert sheet.papers is not None
    assert sheet.papers[0].channels == "1 bản chính, 2 bản sao, nếu có"


def test_a_link_to_the_source_is_a_link_to_the_web() -> None:
    assert sheet_of(page(), "").source_url == ""

"""Các ô thời hạn, phí, đối tượng, kết quả của bản xuất: one small reader for each kind of cell."""

import re
from collections.abc import Iterable

from lienthong.lib.portal_channels import Channel, Offer, known_channels
from lienthong.lib.portal_rows import FeeKind, FeeRow, ResultRow, TimeLimitRow, TimeUnit

NOTHING = "Không có thông tin"
FREE = "Miễn phí"
UNITS = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "ngày": TimeUnit.CALENDAR_DAY,
    "giờ": TimeUnit.HOUR,
    "giờ làm việc": TimeUnit.NOT_STATED,  # an hour of work is not an hour of the clock
    "tháng": TimeUnit.MONTH,
}
TIME = re.compile(r"(\d+)(?:\s+(\D+))?")
MONEY = r"(?P<amount>\d[\d,]*)\s*(?P<currency>Việt Nam Đồng|VNĐ|VND|USD|EUR)"
FEE = re.compile(rf"{MONEY}\s*(?P<remark>.*)", re.S)
NEXT_FEE = re.compile(rf";\s*(?=\d[\d,]*\s*(?:Việt Nam Đồng|VN[ĐD]|USD|EUR)|{FREE}|{NOTHING}|$)")
PER = re.compile(r"^\(?/\s*([^();,.]+)\)?$")
PER_IN_TEXT = re.compile(r"^\(?[^(/]*?\d\s*(?:đồng|đ|vnđ)\s*/\s*([^\W\d_][^();,.:+]*)", re.IGNORECASE)
WRITTEN_SUM = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{4,})\s*(?:đồng|đ\b|vnđ|việt nam đồng)", re.IGNORECASE)
TIER = re.compile(r"từ \w+ thứ (\d+) trở lên thu ([\d.]+) đồng", re.IGNORECASE)
CEILING = re.compile(r"tối đa thu không quá ([\d.]+) đồng", re.IGNORECASE)
LOCALLY = re.compile(r"(Hội đồng nhân dân|HĐND)[^.;]*(quyết định|quy định)", re.IGNORECASE)
SMALLEST_SUM = 1000  # below it the export has lost the thousands: "20 VNĐ(20.000 đ/tờ khai)"
RESULT = re.compile(r"(.*?)Mã:\s*(KQ\.[A-Z]+\d+\.\d+|\S+$)", re.S)
SUBJECTS = re.compile(r"Tổ chức \(không bao gồm doanh nghiệp, HTX\)|Cán bộ, công chức, viên chức|[^,\s][^,]*")


def read_subjects(cell: str) -> tuple[str, ...]:
    """Đối tượng thực hiện, one by one; some of their names contain commas."""
    return tuple(name for match in SUBJECTS.finditer(cell) if (name := match.group().strip()))


def read_results(cell: str) -> tuple[ResultRow, ...]:
    """Kết quả thực hiện: the export runs name and code together without a space."""
    found = [ResultRow(match[1].strip(" -;."), match[2]) for match in RESULT.finditer(cell)]
    rest = RESULT.sub("", cell).strip(" -;.")
    return (*found, *([ResultRow(rest, "")] if rest else []))


def read_time_limits(cell: str, offers: Iterable[Offer]) -> tuple[TimeLimitRow, ...]:
    """Thời hạn giải quyết by channel; those of the summary cell cut off from the detail have none."""
    by_shape: dict[tuple[str, str], list[Channel]] = {}
    for offer in offers:
        if _stated(offer.time):
            by_shape.setdefault((offer.time, offer.description), []).append(offer.channel)
    covered = {text for text, _ in by_shape}
    for text in cell.split(";"):
        if _stated(text) and text.strip() not in covered:
            by_shape[text.strip(), ""] = []
    return tuple(_time_limit(text, remark, found) for (text, remark), found in by_shape.items())


def _time_limit(text: str, description: str, channels: list[Channel]) -> TimeLimitRow:
    match = TIME.fullmatch(text)
    amount = int(match[1]) or None if match else None  # "0" states no time
    unit = UNITS.get((match[2] or "").strip().lower(), TimeUnit.NOT_STATED) if match else TimeUnit.NOT_STATED
    return TimeLimitRow(_in_order(channels), amount, unit, text, description)


def read_fees(cell: str, offers: Iterable[Offer]) -> tuple[FeeRow, ...]:
    """Phí, lệ phí by channel; the sums of the summary cell that no channel carries come without one."""
    by_shape: dict[tuple[str, str], list[Channel]] = {}
    for offer in offers:
        for text in NEXT_FEE.split(offer.fee):
            if _stated(text):
                by_shape.setdefault((text.strip(), offer.description), []).append(offer.channel)
    covered = {_key(text) for text, _ in by_shape}
    for text in NEXT_FEE.split(cell):
        if _stated(text) and _key(text) not in covered:
            by_shape[text.strip(), ""] = []
    return tuple(_fee(text, remark, found) for (text, remark), found in by_shape.items())


def _fee(text: str, description: str, channels: list[Channel]) -> FeeRow:
    match = FEE.fullmatch(text)
    if not match:
        return _without_sum(text, description, channels)
    amount = int(match["amount"].replace(",", ""))
    currency = match["currency"] if match["currency"] in {"USD", "EUR"} else "VND"
    remark = match["remark"]
    doubt = _why_doubtful(amount, currency, remark)
    whole = f"{remark} {description}"
    tier, ceiling = TIER.search(whole), CEILING.search(whole)
    local = bool(LOCALLY.search(whole))
    tiered = currency == "VND" and not doubt
    return FeeRow(
        channels=_in_order(channels),
        kind=FeeKind.DOUBTFUL if doubt else FeeKind.SET_LOCALLY if local else FeeKind.FIXED,
        amount=None if doubt else amount,
        currency=currency,
        per=_per(remark),
        tier_from=int(tier[1]) if tier and tiered else None,
        tier_amount=_sum(tier[2]) if tier and tiered else None,
        max_amount=_sum(ceiling[1]) if ceiling and tiered else None,
        text=text,
        description=description,
        doubt=doubt or ("Mức cụ thể do Hội đồng nhân dân cấp tỉnh quyết định." if local else ""),
    )


def _without_sum(text: str, description: str, channels: list[Channel]) -> FeeRow:
    free = text == FREE
    doubt = "" if free else "Không đọc được mức phí."
    if free and LOCALLY.search(description):
        doubt = "Ghi miễn phí, nhưng phần mô tả nói mức cụ thể do Hội đồng nhân dân cấp tỉnh quyết định."
    return FeeRow(
        channels=_in_order(channels),
        kind=FeeKind.FREE if free else FeeKind.DOUBTFUL,
        amount=0 if free else None,
        currency="VND",
        per="",
        tier_from=None,
        tier_amount=None,
        max_amount=None,
        text=text,
        description=description,
        doubt=doubt,
    )


def _why_doubtful(amount: int, currency: str, remark: str) -> str:
    if currency != "VND":
        return ""
    written = {_sum(text) for text in WRITTEN_SUM.findall(remark)}
    if written and amount not in written:
        return "Mức phí và phần ghi chú mâu thuẫn nhau; phải tra văn bản quy định mức thu."
    if amount < SMALLEST_SUM:
        return "Mức phí nhỏ hơn 1.000 đồng, có thể thiếu số không; phải tra văn bản quy định mức thu."
    return ""


def _per(remark: str) -> str:
    match = PER.match(remark.strip()) or PER_IN_TEXT.match(remark.strip())
    return match[1].strip() if match else ""


def _sum(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def _key(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _stated(text: str) -> bool:
    return bool(text.strip()) and text.strip() != NOTHING


def _in_order(channels: list[Channel]) -> tuple[Channel, ...]:
    return known_channels(channel.label for channel in channels)

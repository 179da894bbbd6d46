"""Numbers, dates and text as a Vietnamese State paper writes them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LONG_RUN = re.compile(r"\S{25,}")  # longer than any Vietnamese word: unbroken, it would leave the page
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")


def long_date(day: date) -> str:
    """ngày 07 tháng 10 năm 2026: a zero before days under 10 and months under 3 (NĐ 30/2020, Phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    return f"{day:%d/%m}/{day.year:04d}"


def in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a paper's time needs its time zone")
    return moment.astimezone(VIETNAM)


def clean(text: str, known: frozenset[int]) -> str:
    """One line, NFC, no control or direction marks; what the font lacks is shown by its code point."""
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    visible = (c for c in unicodedata.normalize("NFC", spaced) if unicodedata.category(c) not in ("Cf", "Cs"))
    shown = "".join(c if ord(c) in known else f"[U+{ord(c):04X}]" for c in visible)
    return " ".join(shown.split())


def breakable(text: str) -> str:
    """Let an endless word wrap (zero-width spaces); ordinary text is untouched."""
    return _LONG_RUN.sub(lambda run: "\u200b".join(re.findall(".{1,8}", run[0])), text)


def amount_in_words(amount: int) -> str:
    """150000 -> Một trăm năm mươi nghìn đồng."""
    if amount < 0:
        raise ValueError("an amount is not negative")
    if amount == 0:
        return "Không đồng"
    spoken = " ".join(_spoken(amount, leading=True))
    return f"{spoken[0].upper()}{spoken[1:]} đồng"


def _spoken(amount: int, *, leading: bool) -> list[str]:
    if amount >= 10**12:
        billions, rest = divmod(amount, 10**9)
        return [*_spoken(billions, leading=leading), "tỷ", *(_spoken(rest, leading=False) if rest else [])]
    words: list[str] = []
    for power in range(3, -1, -1):
        group = amount // 1000**power % 1000
        if group:
            words += _group(group, leading=leading and not words)
            words += [_GROUPS[power]] if power else []
    return words


def _group(number: int, *, leading: bool) -> list[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += ["lẻ", _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    if ones == 5:
        return [*words, "lăm"]
    return [*words, _DIGITS[ones]] if ones else words

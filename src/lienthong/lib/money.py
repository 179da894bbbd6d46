"""Đồng: whole numbers (`int`), there is nothing smaller. As figures and, for receipts, in words."""

from typing import Literal

ZeroTens = Literal["lẻ", "linh"]

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))
BILLION = 1_000_000_000


def format_dong(amount: int) -> str:
    """66000 gives "66.000 đ"."""
    return f"{format_number(amount)} đ"


def format_number(number: int) -> str:
    """An integer with dots between thousands: 1234567 gives "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def dong_in_words(amount: int, zero_tens: ZeroTens = "lẻ") -> str:
    """66000 gives "Sáu mươi sáu nghìn đồng".

    `zero_tens` is the word for an empty tens place: 105 is "một trăm lẻ năm" in the South, with "linh" in the
    North.
    Raises ValueError for a negative amount: a receipt states what was received.
    """
    if amount < 0:
        raise ValueError("an amount in words is not negative")
    words = number_in_words(amount, zero_tens)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int, zero_tens: ZeroTens = "lẻ") -> str:
    """A number >= 0 in words, lower case: 21 gives "hai mươi mốt"."""
    return " ".join(_below_billion_and_up(number, zero_tens, led=False)) or DIGITS[0]


def _below_billion_and_up(number: int, zero_tens: ZeroTens, *, led: bool) -> list[str]:
    """Words of a number; `led` says that something stands before it, so that empty hundreds are spoken."""
    billions, rest = divmod(number, BILLION)
    words: list[str] = []
    if billions:
        words = [*_below_billion_and_up(billions, zero_tens, led=led), "tỷ"]
    for scale, name in SCALES:
        group, rest = divmod(rest, scale)
        if group:
            words += _group(group, zero_tens, led=led or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, zero_tens: ZeroTens, *, led: bool) -> list[str]:
    """Words of 1 .. 999."""
    hundreds, rest = divmod(group, 100)
    tens, unit = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or led else []
    if tens == 0:
        lone = [DIGITS[unit]] if unit else []
        return words + ([zero_tens, *lone] if words and lone else lone)
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return words + ([_unit_after_tens(tens, unit)] if unit else [])


def _unit_after_tens(tens: int, unit: int) -> str:
    """mốt and tư after hai mươi and above, lăm after any ten."""
    if unit == 5:
        return "lăm"
    return {1: "mốt", 4: "tư"}.get(unit, DIGITS[unit]) if tens > 1 else DIGITS[unit]

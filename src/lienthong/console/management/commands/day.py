"""`lienthong day off|work|withdraw DATE`, `day list YEAR`: a notice, and at once the due dates that follow it."""

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lienthong.console.typed import typed_day
from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.queries import YEARS, library_days, notices_in
from lienthong.facilities.casework.actions.notice_days import notice_days
from lienthong.facilities.casework.values import DayWord
from lienthong.lib.dates import format_date

KINDS = {"off": DayKind.OFF, "work": DayKind.WORK, "withdraw": None}
USUAL_NAMES = {"off": "", "work": "Ngày làm bù", "withdraw": "Rút lại thông báo"}
# As wide as the columns of the notice.
LONGEST_NAME, LONGEST_SOURCE = 200, 300
# What is made up belongs to a demonstration alone.
SURE = {word: str(label) for word, label in Confidence.choices if word != Confidence.ILLUSTRATIVE}
LIBRARY = "theo thư viện ngày lễ"
USE = "Hãy gõ: day off|work|withdraw NGÀY --name TÊN --source VĂN_BẢN, hoặc day list NĂM."


class Command(BaseCommand):
    help = "Ngày nghỉ, làm bù: day off|work|withdraw NGÀY --name TÊN --source VĂN_BẢN; day list NĂM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", metavar="off|work|withdraw|list", nargs="?", default="")
        parser.add_argument(
            "when", metavar="NGÀY|NĂM", nargs="?", default="", help="11/02/2027, 2027-02-11; 2027"
        )
        parser.add_argument("--name", metavar="TÊN", default="", help="tên ngày, in trong lời giải thích hạn")
        parser.add_argument("--source", metavar="VĂN_BẢN", default="", help="số, ký hiệu văn bản thông báo")
        parser.add_argument(
            "--confidence",
            metavar="|".join(SURE),
            default=Confidence.MEMORY.value,
            help="; ".join(f"{word}: {label}" for word, label in SURE.items()),
        )

    def handle(
        self, *args: Any, act: str, when: str, name: str, source: str, confidence: str, **options: Any
    ) -> None:
        if act == "list":
            self._list(_year(when))
        elif act in KINDS:
            if confidence not in SURE:
                raise CommandError(f"Mức tin cậy “{confidence}” không có. Hãy chọn: {', '.join(SURE)}.")
            self._notice(act, _day(when), name.strip() or USUAL_NAMES[act], source.strip(), confidence)
        else:
            raise CommandError(f"Không có việc “{act}”. {USE}" if act else USE)

    def _notice(self, act: str, day: date, name: str, source: str, confidence: str) -> None:
        if len(name) > LONGEST_NAME or len(source) > LONGEST_SOURCE:
            raise CommandError(
                f"Tên ngày dài nhất {LONGEST_NAME} ký tự, văn bản dài nhất {LONGEST_SOURCE} ký tự. Hãy viết ngắn lại."
            )
        with transaction.atomic(), entered(SYSTEM):
            if act == "withdraw" and not any(one.day == day and one.kind for one in notices_in(day.year)):
                raise CommandError(
                    f"Ngày {format_date(day)} không có thông báo nào để rút. Xem: lienthong day list {day.year}."
                )
            moved = _recorded(KINDS[act], day, name, source, confidence)
        self.stdout.write(f"{format_date(day)}: {_words(act)}. Căn cứ: {source}.")
        self.stdout.write(f"Hạn trả kết quả đã tính lại: {moved} vụ việc.")

    def _list(self, year: int) -> None:
        lines = {day: (str(kind.label), name, LIBRARY) for day, (kind, name) in library_days(year).items()}
        with entered(SYSTEM):
            for one in notices_in(year):
                if one.kind:
                    words = f"{one.source} ({Confidence(one.confidence).label})"
                    lines[one.day] = (str(DayKind(one.kind).label), one.name, words)
        if year not in YEARS:
            self.stdout.write(
                f"Chưa có ngày lễ của năm {year} trong thư viện ({YEARS[0]} đến {YEARS[-1]}); chỉ có các thông báo."
            )
        for day, (kind, name, words) in sorted(lines.items()):
            self.stdout.write(f"{format_date(day)}  {kind:<19}  {name}  [{words}]")
        self.stdout.write(f"Năm {year}: {len(lines)} ngày nghỉ, làm bù ngoài các ngày cuối tuần thường lệ.")


def _recorded(kind: DayKind | None, day: date, name: str, source: str, confidence: str) -> int:
    """The notice and the due dates in one transaction; how many moved."""
    try:
        return notice_days(actor=SYSTEM, key=uuid4(), days=[DayWord(day, kind, name, source, confidence)])
    except Refused as error:
        raise CommandError(error.refusal.sentence) from error


def _words(act: str) -> str:
    kind = KINDS[act]
    return f"ghi là ngày {kind.label}" if kind else "đã rút thông báo, trở lại lịch thường"


def _day(text: str) -> date:
    if not text:
        raise CommandError(f"Chưa có ngày. {USE}")
    return typed_day(text)


def _year(text: str) -> int:
    if len(text) != 4 or not text.isdecimal() or text < "1900":
        raise CommandError(f"Năm “{text}” không đúng. Hãy gõ bốn chữ số, ví dụ: lienthong day list 2027.")
    return int(text)

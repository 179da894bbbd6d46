"""Why a dossier cannot be taken in, its limit and its charges."""

from collections.abc import Sequence

from lienthong.core.registry.values import Refusal, Refused
from lienthong.facilities.fees.queries import due_of
from lienthong.facilities.fees.values import NewCharge, Tariff
from lienthong.lib.calendar import LimitUnit, TimeLimit
from lienthong.mandate.procedures.values import FeeRule, Limit
from lienthong.people.organisation.values import UnitCard
from lienthong.work.dossiers.enums import Channel
from lienthong.work.dossiers.rules.lifecycle import DECREE
from lienthong.work.dossiers.values import Intake


def why_not_receive(intake: Intake) -> Refusal | None:
    """What a counter's intake lacks, or None."""
    if intake.channel not in (Channel.COUNTER, Channel.POST, Channel.ONLINE):
        return Refusal("dossier.channel", "Kênh nộp không hợp lệ.")
    if not 1 <= intake.quantity <= 999:
        return Refusal("dossier.quantity", "Số lượng phải từ 1 đến 999.")
    if any(p.given_originals < 0 or p.given_copies < 0 for p in intake.papers):
        return Refusal("dossier.papers", "Số bản giấy tờ không thể âm.")
    return None


def why_not_place(*, here: UnitCard, place: UnitCard, boundary_free: bool | None) -> Refusal | None:
    """Any counter in the province takes any dossier (NĐ 118/2025); nothing is taken for another province.

    `boundary_free` False is a procedure that the law ties to its place: it is still received here and worked
    on there, so it refuses nothing; it only forbids that this unit decides it.
    """
    if place.province_code != here.province_code:
        return Refusal(
            "dossier.other_province",
            f"{place.name} thuộc {place.province_name}. Chỉ tiếp nhận hồ sơ của các xã, phường trong cùng tỉnh, thành phố;"
            " hướng dẫn người dân nộp trên Cổng Dịch vụ công quốc gia hoặc tại địa phương đó.",
            DECREE,
        )
    if not here.agency_code:
        return Refusal(
            "unit.no_agency_code",
            "Đơn vị chưa có mã định danh cơ quan nên chưa cấp được mã hồ sơ."
            " Báo người vận hành nhập mã (lienthong agency_code) rồi làm lại.",
        )
    return None


def limit_at(limits: Sequence[Limit], index: int) -> tuple[TimeLimit, str]:
    """The time limit that the dossier takes, and the cut-off hour of a same-day rule ("" where none).

    `limits` are those that the channel leaves (procedures.limits_for); the index chooses among them. None at
    all (an at-once procedure): due the day it is received. `why_not_usable` has stopped every other case.
    Raises Refused for a number that is not among them: another limit would be another promise.
    """
    if not limits:
        return TimeLimit(0, LimitUnit.WORKING_DAY), ""
    if not 0 <= index < len(limits):
        sentence = (
            f"Thủ tục chỉ có {len(limits)} mốc thời hạn cho kênh này (đánh số từ 0). Hãy chọn lại thời hạn."
        )
        raise Refused(code="dossier.limit", sentence=sentence, status=422)
    chosen = limits[index]
    return TimeLimit(chosen.amount or 0, LimitUnit(chosen.unit)), chosen.cutoff


def chargeable(fees: Sequence[FeeRule], channel: str) -> list[FeeRule]:
    """The fee rules that may be chosen among: those with an amount, for this channel, that nobody doubts.

    `Intake.fee_choices` counts by this list, in this order.
    """
    return [fee for fee in fees if fee.amount and fee.channel in ("", channel) and not fee.doubt]


def charges_for(fees: Sequence[FeeRule], intake: Intake) -> list[NewCharge]:
    """What the intake owes by the procedure's fee rules.

    The clerk's choice among the rules counts; without one, a rule is charged by itself only where the channel
    leaves exactly one that states an amount and that nobody doubts. Otherwise nothing is charged yet, and the
    clerk adds the charge with its citation.
    """
    usable = chargeable(fees, intake.channel)
    if intake.fee_choices is None:
        chosen = usable if len(usable) == 1 else []
    else:
        chosen = [usable[index] for index in intake.fee_choices if 0 <= index < len(usable)]
    return [
        NewCharge(fee.label or fee.text, due_of(_tariff(fee), intake.quantity), fee.citation)
        for fee in chosen
    ]


def _tariff(fee: FeeRule) -> Tariff:
    return Tariff.of(fee, tier_from=fee.tier_from, tier_amount=fee.tier_amount, most=fee.max_amount)

"""What the law's data says of an act on a day. Each question is one statement."""

from datetime import date

from django.db.models import Q

from lienthong.work.certification.models import ActRule, FeeRate, RefusedOriginal, RetentionRule
from lienthong.work.certification.rules import amount_of
from lienthong.work.certification.values import ActRuleLine, BanLine, ItemDraft, Rate, RetentionLine


def act_rules(on: date) -> list[ActRuleLine]:
    """Every act that may be asked for on a day, by task."""
    rows = ActRule.objects.filter(valid_during__contains=on).order_by("act", "task_code")
    names = ("task_code", "act", "book", "place_rule", "extension_days", "article", "confidence")
    return [ActRuleLine(*row) for row in rows.values_list(*names)]


def act_rule(task_code: str, on: date) -> ActRuleLine | None:
    """What kind of act a task is; None for a task that is none."""
    return next((rule for rule in act_rules(on) if rule.task_code == task_code), None)


def rates(on: date, task_code: str = "") -> list[Rate]:
    """The tariff in force on a day, of one task where one is named."""
    wanted = Q(valid_during__contains=on) & (Q(task_code=task_code) if task_code else Q())
    rows = FeeRate.objects.filter(wanted).select_related("instrument").order_by("task_code")
    return [
        Rate(
            row.task_code,
            row.label,
            row.basis,
            row.amount,
            row.tier_from,
            row.tier_amount,
            row.most,
            f"{row.instrument.number} {row.article}".strip(),
            row.confidence,
        )
        for row in rows
    ]


def rate_of(task_code: str, on: date) -> Rate | None:
    """The rate of a task on a day; None where no source states one."""
    return next(iter(rates(on, task_code)), None)


def estimate(task_code: str, items: tuple[ItemDraft, ...], on: date) -> int | None:
    """What a request would cost; None where no rate is stated."""
    rate = rate_of(task_code, on)
    return None if rate is None else amount_of(rate, items)


def bans(on: date) -> dict[str, BanLine]:
    """Originals that may not be copied, by code, in the list's order."""
    rows = RefusedOriginal.objects.filter(valid_during__contains=on).order_by("id")
    names = ("code", "text", "article", "confidence", "instrument__number")
    return {row[0]: BanLine(*row) for row in rows.values_list(*names)}


def retention_rules() -> list[RetentionLine]:
    """How long what is kept."""
    rows = RetentionRule.objects.order_by("id")
    names = ("subject", "is_kept", "years", "article", "confidence")
    return [RetentionLine(*row) for row in rows.values_list(*names)]

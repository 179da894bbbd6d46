"""Broken delegations: given without the competence, passed on, unproven, outlived by a side, not reported on."""

from collections.abc import Iterator, Mapping
from datetime import date

from lienthong.lib.calendar.months import months_after
from lienthong.mandate.competence.enums import FindingKind
from lienthong.mandate.competence.rules.check_ground import Cause, Ground, Span, Window, found, grouped
from lienthong.mandate.competence.rules.conclude import own_post
from lienthong.mandate.competence.rules.resolve import unbroken
from lienthong.mandate.competence.values import NEVER, DelegationRow, Found

BROKEN = FindingKind.BROKEN_DELEGATION.value
Flaw = tuple[Cause, Span, tuple[str, ...]]


def broken_delegations(
    ground: Ground, window: Window, reported_until: Mapping[int, int] | None
) -> list[Found]:
    """Every flaw of every delegation that meets the window.

    `reported_until`: by delegation, the first day that no report covers yet; None: reports are not looked at.
    """
    taken = grouped((row.grantee_post, row) for row in ground.snapshot.delegations)
    each = [
        (row, flaw)
        for row in ground.snapshot.delegations
        for flaw in (
            *_without_competence(ground, row),
            *_passed_on(row, taken),
            *_unmet(row),
            *_outlived(ground, row),
        )
        if window.meets(*flaw[1])
    ]
    if reported_until is not None:
        each += [
            (row, flaw)
            for row in ground.snapshot.delegations
            for flaw in _unreported(row, window, reported_until)
        ]
    return [found(BROKEN, cause, row.unit_id, codes, span) for row, (cause, span, codes) in each]


def _without_competence(ground: Ground, row: DelegationRow) -> Iterator[Flaw]:
    """The days on which the grantor's post is not the one that has it of its own right."""
    codes = sorted({code for code, _act in row.tasks})
    each = [(span, code) for code in codes for span in _foreign(ground, row, code)]
    for span, tasks in grouped(each).items():
        yield _flaw(row, "no_competence", "revoke"), span, tuple(tasks)


def _foreign(ground: Ground, row: DelegationRow, code: str) -> Iterator[Span]:
    if code not in ground.tasks or row.unit_id not in ground.units:
        return
    days = [row.start, *ground.resolver.breaks(code, row.unit_id, row.start, row.end)]
    begun: int | None = None
    for day in [*days, row.end]:
        is_foreign = day < row.end and not _has(ground, row, code, day)
        if is_foreign and begun is None:
            begun = day
        elif begun is not None and not is_foreign:
            yield begun, day
            begun = None


def _has(ground: Ground, row: DelegationRow, code: str, day: int) -> bool:
    if not ground.stands(code, row.unit_id, day):
        return True
    own = own_post(ground.resolver.standing(code, row.unit_id, day))
    return own is not None and own.post_id == row.grantor_post


def _passed_on(row: DelegationRow, taken: Mapping[int, list[DelegationRow]]) -> Iterator[Flaw]:
    """What the grantor only had by another delegation. The database refuses it; the rows are read all the same."""
    for other in taken.get(row.grantor_post, ()):
        span = max(row.start, other.start), min(row.end, other.end)
        codes = sorted({code for code, _act in set(row.tasks) & set(other.tasks)})
        if codes and span[0] < span[1]:
            yield _flaw(row, "passed_on", "revoke", ("from", str(other.id))), span, tuple(codes)


def _unmet(row: DelegationRow) -> Iterator[Flaw]:
    if row.unmet and row.start < row.end:
        yield _flaw(row, "condition_unmet", "revoke"), (row.start, row.end), _codes(row)


def _outlived(ground: Ground, row: DelegationRow) -> Iterator[Flaw]:
    """It ended with either side's appointment, though its paper says that it still runs; it does not come back."""
    sides = (
        ("grantor_left", row.grantor_post, row.grantor_person, min(row.start, row.signed)),
        ("grantee_left", row.grantee_post, row.grantee_person, row.start),
    )
    for code, post_id, person_id, given in sides:
        left = max(unbroken(ground.seats.get(post_id, ()), person_id, given), row.start)
        if left < row.end:
            yield _flaw(row, code, "delegate_anew", ("post", str(post_id))), (left, row.end), _codes(row)


def _unreported(row: DelegationRow, window: Window, reported_until: Mapping[int, int]) -> Iterator[Flaw]:
    """A period that was over before the window begins, without its report."""
    if row.report_months is None or row.start >= row.end:
        return
    due = _period_end(row, reported_until.get(row.id, row.start))
    if due is not None and due < window.start:
        yield _flaw(row, "report_overdue", "report"), (due, NEVER), _codes(row)


def _period_end(row: DelegationRow, reported: int) -> int | None:
    """The end of the first period that is not wholly reported; None where every period is."""
    first, number = date.fromordinal(row.start), 1
    while (
        end := min(months_after(first, number * (row.report_months or 1)).toordinal(), row.end)
    ) <= reported:
        if end == row.end:
            return None
        number += 1
    return end


def _flaw(row: DelegationRow, code: str, mend: str, *more: tuple[str, str]) -> Cause:
    return Cause(code, row.number, mend, (("delegation", str(row.id)), *more))


def _codes(row: DelegationRow) -> tuple[str, ...]:
    return tuple(code for code, _act in row.tasks)

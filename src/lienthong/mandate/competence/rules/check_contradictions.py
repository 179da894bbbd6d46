"""Overlaps: second leads that were refused, and instruments of different reach that name different bodies or posts."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from lienthong.core.instruments.enums import Confidence
from lienthong.mandate.competence.enums import FindingKind, Reach
from lienthong.mandate.competence.rules.check_ground import Cause, Ground, Span, Window, found, grouped
from lienthong.mandate.competence.rules.resolve import reaches_of
from lienthong.mandate.competence.values import DAWN, Found, RefusedRow, RuleRow
from lienthong.people.organisation.enums import BodyKind

OVERLAP = FindingKind.OVERLAP.value
ASSUMPTION = Confidence.ASSUMPTION.value
OF_THE_COUNTRY = {Reach.TYPE.value, Reach.COUNTRY.value}
COMMITTEE = BodyKind.COMMITTEE.value
CITY, MINISTRY = "city", "ministry"
ORDER = {reach.value: place for place, reach in enumerate(Reach)}
Pair = tuple[RuleRow, RuleRow]
Reached = tuple[frozenset[str], int, int]


def overlaps(ground: Ground, window: Window) -> list[Found]:
    """Every overlap that meets the window."""
    return [*_refused(ground, window), *_contradictions(ground, window)]


def _refused(ground: Ground, window: Window) -> Iterator[Found]:
    """Attempts that still run against a rule: another body is claimed for the same reach and time."""
    for row in ground.snapshot.refused:
        against = [rule for rule in ground.rules.get(row.subject_key, ()) if _runs_against(ground, row, rule)]
        for rule in against[:1]:
            start, end = ground.cut(rule)
            span = max(start, row.start), min(end, row.end)
            codes = ground.tasks_of(row.subject_key)
            if window.meets(*span) and codes:
                data = (
                    ("refused", str(row.id)),
                    ("rule", str(rule.id)),
                    ("settles", _settles(row.reach_key)),
                )
                cause = Cause("refused", row.subject_key, "settle", data)
                yield found(OVERLAP, cause, ground.units_of(row.reach_key), codes, _known(span, window))


def _runs_against(ground: Ground, row: RefusedRow, rule: RuleRow) -> bool:
    start, end = ground.cut(rule)
    return (
        rule.reach_key == row.reach_key
        and rule.body_kind != row.body_kind
        and max(start, row.start) < min(end, row.end)
    )


def _contradictions(ground: Ground, window: Window) -> Iterator[Found]:
    """Two instruments at different reach, two bodies, one task: the narrower leads, and somebody must settle it."""
    where = _reaches(ground)
    each = [(pair, code) for code in ground.tasks for pair in _pairs(ground, code)]
    for (narrow, wide), codes in grouped(each).items():
        span = _common(ground, narrow, wide, codes)
        if window.meets(*span) and _meet(where, narrow.reach_key, wide.reach_key, span):
            data = (
                ("rule", str(narrow.id)),
                ("against", str(wide.id)),
                ("settles", _settles(narrow.reach_key)),
            )
            cause = Cause("contradiction", narrow.subject_key, "settle", data)
            yield found(OVERLAP, cause, ground.units_of(narrow.reach_key), codes, _known(span, window))


def _pairs(ground: Ground, code: str) -> Iterator[Pair]:
    subjects = (f"task:{code}", f"field:{ground.tasks[code].field}")
    rules = [rule for subject in subjects for rule in ground.rules.get(subject, ())]
    if len({rule.reach_key for rule in rules}) < 2:
        return
    ordered = sorted(rules, key=lambda rule: (ORDER[_word(rule)], rule.id))
    yield from (pair for pair in combinations(ordered, 2) if _contradict(*pair))


def _contradict(narrow: RuleRow, wide: RuleRow) -> bool:
    """A seeded assumption claims nothing: whoever states it better does not contradict it."""
    return (
        _word(narrow) != _word(wide)
        and _is_other(narrow, wide)
        and narrow.instrument_id != wide.instrument_id
        and wide.confidence != ASSUMPTION
    )


def _is_other(one: RuleRow, two: RuleRow) -> bool:
    """Another body, or another post of it; the committee and its Chair in person are two, a body and its head one."""
    if one.body_kind != two.body_kind:
        return True
    is_told_apart = one.body_kind == COMMITTEE or bool(one.post_kind and two.post_kind)
    return one.post_kind != two.post_kind and is_told_apart


def _common(ground: Ground, narrow: RuleRow, wide: RuleRow, codes: Iterable[str]) -> Span:
    one, other = ground.cut(narrow), ground.cut(wide)
    tasks = [ground.tasks[code] for code in codes]
    start = max(one[0], other[0], min(task.start for task in tasks))
    return start, min(one[1], other[1], max(task.end for task in tasks))


def _reaches(ground: Ground) -> set[Reached]:
    """By which keys the units are reached, and when: but for their own, many units share them."""
    named = frozenset(rule.reach_key for rule in ground.snapshot.rules)
    return {
        (named.intersection(reaches_of(unit, fact.unit_type)), fact.start, fact.end)
        for unit in ground.snapshot.units
        for fact in unit.facts
    }


def _meet(where: set[Reached], narrow: str, wide: str, span: Span) -> bool:
    return any(
        narrow in keys and wide in keys and max(start, span[0]) < min(end, span[1])
        for keys, start, end in where
    )


def _settles(reach_key: str) -> str:
    """Who must decide: the city, or the ministry where even the narrower one is the whole country's."""
    return MINISTRY if reach_key.partition(":")[0] in OF_THE_COUNTRY else CITY


def _word(rule: RuleRow) -> str:
    return rule.reach_key.partition(":")[0]


def _known(span: Span, window: Window) -> Span:
    return (window.start if span[0] <= DAWN else span[0]), span[1]

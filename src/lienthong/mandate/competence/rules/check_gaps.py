"""Gaps: the days on which a task in a unit finds nobody, each cause once with its tasks."""

from collections.abc import Iterator

from lienthong.mandate.competence.enums import Finding, FindingKind
from lienthong.mandate.competence.rules.check_ground import (
    Alike,
    Cause,
    Ground,
    Span,
    Window,
    found,
    grouped,
    since_known,
)
from lienthong.mandate.competence.rules.conclude import Standing, concluded
from lienthong.mandate.competence.values import DAWN, NEVER, Found

GAP = FindingKind.GAP.value
NO_BASIS, NO_RULE, NO_BODY = Finding.NO_BASIS.value, Finding.NO_RULE.value, Finding.NO_BODY.value
NO_POST, NO_HOLDER, NO_CHAIR = Finding.NO_POST.value, Finding.NO_HOLDER.value, Finding.NO_CHAIR.value
Stretch = tuple[int, int, Cause]


def gaps(ground: Ground, window: Window) -> list[Found]:
    """Every gap before the window's horizon, in every unit, in the longest stretches of one cause."""
    return [
        found(GAP, cause, unit_id, codes, (since, until))
        for unit_id in ground.units
        for (since, until, cause), codes in _of_unit(ground, unit_id, window)
    ]


def _of_unit(ground: Ground, unit_id: int, window: Window) -> Iterator[tuple[Stretch, list[str]]]:
    each = (
        (_told(ground, stretch, code), code)
        for alike in ground.classes_in(unit_id)
        for stretch in stretches(ground, alike, unit_id, window)
        for code in alike.codes
    )
    yield from grouped(each).items()


def _told(ground: Ground, stretch: Stretch, code: str) -> Stretch:
    """A missing rule is told by field: that is how it is added."""
    since, until, cause = stretch
    if cause.code != NO_RULE:
        return stretch
    return since, until, cause._replace(subject=f"field:{ground.tasks[code].field}")


def stretches(ground: Ground, alike: Alike, unit_id: int, window: Window) -> list[Stretch]:
    """The stretches without anybody that meet the window; looked at beyond it only where there are any."""
    code, start, end = alike.codes[0], window.start, window.horizon
    days = [start, *ground.resolver.breaks(code, unit_id, start, end)]
    if all(cause_on(ground, code, unit_id, day) is None for day in days):
        return []
    days = [DAWN, *ground.resolver.breaks(code, unit_id, DAWN, NEVER)]
    spans = zip(days, [*days[1:], NEVER], strict=True)
    held = _merged((span, cause_on(ground, code, unit_id, span[0])) for span in spans)
    return [
        (since_known(since, start), until, cause)
        for since, until, cause in held
        if since < end and until > start
    ]


def cause_on(ground: Ground, code: str, unit_id: int, day: int) -> Cause | None:
    """Why a task finds nobody in a unit on a day; None where it finds somebody, or is not owed there."""
    if not ground.stands(code, unit_id, day):
        return None
    standing = ground.resolver.standing(code, unit_id, day)
    finding = concluded(unit_id, standing).finding
    return _cause(ground, (code, unit_id, day), finding, standing) if finding else None


def _cause(ground: Ground, at: tuple[str, int, int], finding: str, standing: Standing) -> Cause:
    code, _unit_id, day = at
    if finding == NO_BASIS:
        return _lost_basis(ground, code, day)
    if finding == NO_RULE:
        return Cause(finding, "", "add_rule")
    if finding == NO_BODY:
        rule = ground.resolver.lead(*at)
        return _lacking_body(rule.body_kind if rule else "")
    if finding == NO_POST:
        return _lacking_post(ground, standing)
    if finding == NO_HOLDER:
        return _vacant(ground, standing)
    return Cause(finding, "", "appoint")


def _lost_basis(ground: Ground, code: str, day: int) -> Cause:
    """By the instrument that went last; where none has begun yet, by the one that begins first."""
    rows = [(*ground.cut(row), row) for row in ground.bases_of(code)]
    gone = [(end, -row.id, row) for start, end, row in rows if start < end <= day]
    row = max(gone)[2] if gone else min((start, row.id, row) for start, _end, row in rows)[2]
    by = ground.instruments[row.instrument_id]
    mend = "extend_instrument" if gone and by.end == max(gone)[0] else "add_basis"
    return Cause(NO_BASIS, by.number or by.title, mend, (("instrument", str(by.id)),))


def _lacking_body(kind: str) -> Cause:
    return Cause(NO_BODY, kind, "add_body", (("body_kind", kind),))


def _lacking_post(ground: Ground, standing: Standing) -> Cause:
    body = ground.bodies[standing.body_id or 0]
    if standing.post_kind:
        data = (("body", str(body.id)), ("post_kind", standing.post_kind))
        return Cause(NO_POST, body.name, "add_body", data)
    return Cause(NO_POST, body.name, "assign", (("body", str(body.id)),))


def _vacant(ground: Ground, standing: Standing) -> Cause:
    own = standing.in_person if standing.post_kind else standing.processing or standing.head
    post = ground.posts[own.post_id if own else 0]
    return Cause(NO_HOLDER, post.title, "appoint", (("body", str(post.body_id)), ("post", str(post.id))))


def _merged(parts: Iterator[tuple[Span, Cause | None]]) -> list[Stretch]:
    """Neighbouring spans of one cause as one; what has no cause is left out."""
    held: list[Stretch] = []
    for (start, end), cause in parts:
        if cause is None:
            continue
        if held and held[-1][1] == start and held[-1][2] == cause:
            held[-1] = (held[-1][0], end, cause)
        else:
            held.append((start, end, cause))
    return held

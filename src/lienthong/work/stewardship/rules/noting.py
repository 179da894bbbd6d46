"""What the proof found, as it is kept: each cause once, with its days and the fields it touches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from lienthong.lib.canonical import digest
from lienthong.mandate.competence.values import DAWN, NEVER, Found
from lienthong.work.stewardship.values import Noted


def noted(found: Iterable[Found], fields_of: Mapping[str, str]) -> list[Noted]:
    """The findings to keep. The same cause in several stretches of time is as many findings, in their order."""
    alike: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        alike[one.mark].append(one)
    return [
        _noted(one, place, fields_of)
        for same in alike.values()
        for place, one in enumerate(sorted(same, key=lambda each: each.since))
    ]


def day_of(ordinal: int) -> date | None:
    """The day of an ordinal; None for "from the beginning" and "no end in sight"."""
    return None if ordinal <= DAWN or ordinal >= NEVER else date.fromordinal(ordinal)


def _noted(one: Found, place: int, fields_of: Mapping[str, str]) -> Noted:
    return Noted(
        mark=digest({"mark": one.mark, "place": place}),
        kind=str(one.kind),
        code=str(one.code),
        unit_id=one.unit_id,
        subject=one.subject,
        tasks=one.tasks,
        fields=fields_touched(one, fields_of),
        since_on=day_of(one.since),
        until_on=day_of(one.until),
        mend=one.mend,
        data=dict(one.data),
    )


def fields_touched(one: Found, fields_of: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of its tasks; of a finding without tasks the field that its subject names."""
    kind, _colon, rest = one.subject.partition(":")
    if not one.tasks and kind == "field":
        return (rest,)
    codes = one.tasks or ((rest,) if kind == "task" else ())
    return tuple(sorted({fields_of[code] for code in codes if fields_of.get(code)}))

"""What others ask of the register: who is responsible, who may sign, and the register itself in memory."""

from lienthong.mandate.competence.queries.answer import explain, in_words, owning_post, responsible_for
from lienthong.mandate.competence.queries.proof import (
    AHEAD_DAYS,
    changes_of,
    compare,
    moved,
    prove,
    supposed,
)
from lienthong.mandate.competence.queries.snapshot import answers, take_snapshot
from lienthong.mandate.competence.queries.warrants import signers, warrant_of, warrants_for

__all__ = [
    "AHEAD_DAYS",
    "answers",
    "changes_of",
    "compare",
    "explain",
    "in_words",
    "moved",
    "owning_post",
    "prove",
    "responsible_for",
    "signers",
    "supposed",
    "take_snapshot",
    "warrant_of",
    "warrants_for",
]

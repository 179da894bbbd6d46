"""What the tests of the register's verbs enter: a task of its own field, and each act with its usual words."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from lienthong.core.instruments.queries import by_slug
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions, rules
from lienthong.mandate.competence.enums import AssignedDuty
from tests.cast import TAN_HUNG, Cast

CODE, FIELD = "9.000001", "Lĩnh vực thử nghiệm"
TASK_KEY, FIELD_KEY = rules.subject_of_task(CODE), rules.subject_of_field(FIELD)
FROM = date(2026, 1, 1)


def days(count: int) -> date:
    """So many days from today."""
    return today() + timedelta(days=count)


def task(code: str = CODE) -> int:
    """A task of the tests' own field."""
    name = "Nhiệm vụ thử nghiệm"
    return actions.register_task(actor=SYSTEM, key=uuid4(), code=code, name=name, field=FIELD)


def instrument(slug: str = "nd-150-2025-nd-cp") -> int:
    """The id of an instrument of the seeds."""
    return by_slug(slug).pk


def rule(**changes: Any) -> int:
    """A lead rule for the field, in the whole country."""
    stated: dict[str, Any] = {
        "subject_key": FIELD_KEY,
        "reach_key": "country",
        "body_kind": "economy",
        "instrument_id": instrument(),
        "confidence": "assumption",
        "valid_from": FROM,
    }
    return actions.add_rule(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def assign(cast: Cast, **changes: Any) -> int:
    """The field to the first specialist of Tân Hưng."""
    stated: dict[str, Any] = {
        "unit_id": cast.unit_id(TAN_HUNG),
        "subject_key": FIELD_KEY,
        "duty": AssignedDuty.PROCESSING,
        "post_id": cast.specialist.post_id,
        "valid_from": FROM,
    }
    return actions.assign_work(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def delegation(cast: Cast, **changes: Any) -> int:
    """The Chair of Tân Hưng lets the first specialist sign the task for a month."""
    stated: dict[str, Any] = {
        "unit_id": cast.unit_id(TAN_HUNG),
        "grantor_post_id": cast.chair.post_id,
        "grantee_post_id": cast.specialist.post_id,
        "task_codes": [CODE],
        "acts": ["sign"],
        "valid_from": today(),
        "valid_to": days(30),
        "number": "12/QĐ-UBND",
        "signed_on": today(),
    }
    return actions.delegate(**{"actor": cast.chair, "key": uuid4(), **stated, **changes})


def told(verb: str) -> dict[str, Any]:
    """What the journal says of the newest act of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_entry WHERE verb = %s ORDER BY id DESC LIMIT 1", [verb])
        (data,) = cursor.fetchone()
    found: dict[str, Any] = json.loads(data) if isinstance(data, str) else data
    return found

"""Row-level security of this room: the second wall. What the law says (rules, rates, lists) is open to read."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM_OR_CITY, UNIT, no_policy, policy, seen_by_case

OF_UNIT = f"{SYSTEM_OR_CITY} OR unit_id = {UNIT}"
WALLS = [
    (policy("certification_certification", seen_by_case(city=True)), no_policy("certification_certification")),
    # An item may name who signs it: no row of a person is open to the city.
    (
        policy("certification_certifieditem", seen_by_case("certification_id")),
        no_policy("certification_certifieditem"),
    ),
    (
        policy("certification_attestation", seen_by_case("certification_id", city=True)),
        no_policy("certification_attestation"),
    ),
    *[
        (policy(table, OF_UNIT), no_policy(table))
        for table in ("certification_bookentry", "certification_monthclosing")
    ],
]


class Migration(migrations.Migration):
    dependencies = [
        ("certification", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

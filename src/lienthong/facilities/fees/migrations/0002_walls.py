"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM_OR_CITY, UNIT, no_policy, policy, seen_by_case

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

OWN = f"{seen_by_case()} OR unit_id = {UNIT}"
WALLS = [
    (policy("fees_charge", OWN), no_policy("fees_charge")),
    (policy("fees_receipt", OWN), no_policy("fees_receipt")),
    (
        policy("fees_dailyclose", f"{SYSTEM_OR_CITY} OR unit_id = {UNIT}"),
        no_policy("fees_dailyclose"),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

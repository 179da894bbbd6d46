"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import ROW, SYSTEM, UNIT, no_policy, policy, seen_by_case

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

PARTICULAR = (
    f"{seen_by_case()} OR (case_id IS NULL AND EXISTS (SELECT 1 FROM journal_entry e"
    f" WHERE e.id = {ROW}.entry_id AND e.unit_id = {UNIT}))"
)
WALLS = [
    (
        policy("journal_particular", PARTICULAR, f"{SOMEBODY} AND (case_id IS NULL OR {seen_by_case(city=True)})"),
        no_policy("journal_particular"),
    ),
    (
        policy("journal_reading", f"{SYSTEM} OR unit_id = {UNIT}", "true"),
        no_policy("journal_reading"),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

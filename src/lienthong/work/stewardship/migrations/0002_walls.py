"""Row-level security of this room; and the way from a delegation to the acts that were done under it.

A finding is its unit's and the city's; what concerns every unit is the city's. The index stands on the journal's
table, because only this room asks it: acts done under a delegation write `delegation_id` into their entry.
"""

from django.db import migrations

from lienthong.core.scope.rules import ROW, SYSTEM_OR_CITY, UNIT, no_policy, policy

TABLES = (
    "stewardship_finding",
    "stewardship_delegationreport",
    "stewardship_regulationdraft",
    "stewardship_draftproof",
)
SEEN = f"{SYSTEM_OR_CITY} OR {ROW}.unit_id = {UNIT}"
DELEGATED = (
    "CREATE INDEX journal_entry_delegated ON journal_entry ((data->>'delegation_id'), acted_at)"
    " WHERE data ? 'delegation_id'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("stewardship", "0001_initial"),
        ("scope", "0002_initial"),
        ("journal", "0001_initial"),
    ]
    operations = [
        *(migrations.RunSQL(policy(table, SEEN), no_policy(table)) for table in TABLES),
        migrations.RunSQL(DELEGATED, "DROP INDEX journal_entry_delegated"),
    ]

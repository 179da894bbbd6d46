"""Row-level security of the units' days, their first filling, and the index by which extensions are counted."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM, SYSTEM_OR_CITY, UNIT, no_policy, policy

TABLE = "statistics_unitday"
SEEN = f"{SYSTEM_OR_CITY} OR unit_id = {UNIT}"
FIGURES = (
    "received, received_for_others, finished, finished_on_time, refused, halted, withdrawn, at_once, extensions,"
    " in_progress, overdue_open"
)
SUMS = ", ".join(f"sum({name.strip()})" for name in FIGURES.split(","))
# Days that were rolled up before there were units' days.
FILL = (
    f"INSERT INTO {TABLE} (unit_id, day, kind, {FIGURES}, online)"
    f" SELECT unit_id, day, kind, {SUMS}, 0 FROM statistics_dayroll WHERE unit_id <> 0 GROUP BY unit_id, day, kind"
)
# How many dates were moved today, whatever was moved in former years.
INDEX = "CREATE INDEX statistics_extension_moment ON casework_clockentry (from_at) WHERE kind = 'extension'"


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0003_unit_days"),
        ("scope", "0002_initial"),
        ("casework", "0003_closed_of_unit"),
    ]
    operations = [
        migrations.RunSQL(policy(TABLE, SEEN, SYSTEM), no_policy(TABLE)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(INDEX, "DROP INDEX statistics_extension_moment"),
    ]

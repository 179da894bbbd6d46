"""Row-level security of this room: a unit sees its own figures, the city those of every unit."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM, SYSTEM_OR_CITY, UNIT, no_policy, policy

TABLE = "statistics_dayroll"
# The row of unit 0 only says that a day was rolled up.
SEEN = f"{SYSTEM_OR_CITY} OR unit_id = {UNIT} OR unit_id = 0"


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(policy(TABLE, SEEN, SYSTEM), no_policy(TABLE))]

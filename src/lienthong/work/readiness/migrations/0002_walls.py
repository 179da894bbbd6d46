"""Row-level security of this room: a unit sees its own checklist, the city those of every unit."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM_OR_CITY, UNIT, no_policy, policy

TABLES = ("readiness_tick", "readiness_golive")
SEEN = f"{SYSTEM_OR_CITY} OR unit_id = {UNIT}"


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(policy(table, SEEN), no_policy(table)) for table in TABLES]

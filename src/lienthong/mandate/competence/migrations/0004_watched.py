"""What a task rests on and who may sign for whom make a new version of the register when they change."""

from django.db import migrations

from lienthong.core.scope.rules import unwatched, watched

TABLES = (
    "competence_taskbasis",
    "competence_delegationnorm",
    "competence_delegation",
    "competence_delegationside",
)


class Migration(migrations.Migration):
    dependencies = [
        ("competence", "0003_mandate"),
        ("scope", "0003_register"),
    ]
    operations = [migrations.RunSQL(watched(*TABLES), unwatched(*TABLES))]

"""The index of open cases carries their kind: units' stock is counted from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_fewer_indexes"),
    ]
    operations = [
        migrations.RemoveIndex("case", "case_open_of_unit"),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=models.Q(closed_at__isnull=True),
                fields=["responsible_unit", "due_at", "id"],
                include=("kind",),
                name="case_open_of_unit",
            ),
        ),
    ]

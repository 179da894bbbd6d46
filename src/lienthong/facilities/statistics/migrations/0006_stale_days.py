"""Closed days that must be counted anew: whoever acts may mark one, the system alone reads and forgets them."""

from django.db import migrations, models

from lienthong.core.scope.rules import SYSTEM, no_policy, policy

TABLE = "statistics_staleday"
SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0005_stock"),
        ("scope", "0002_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="StaleDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
            ],
        ),
        migrations.RunSQL(policy(TABLE, SYSTEM, SOMEBODY), no_policy(TABLE)),
    ]

"""What an office keeps of its officers beside name and post, behind the second wall."""

import django.db.models.deletion
from django.db import migrations, models

from lienthong.core.scope.rules import ROW, SYSTEM_OR_CITY, UNIT, no_policy, policy

OWN = (
    f"{SYSTEM_OR_CITY} OR EXISTS (SELECT 1 FROM organisation_appointment ap"
    f" JOIN organisation_post po ON po.id = ap.post_id"
    f" WHERE ap.person_id = {ROW}.person_id AND po.unit_id = {UNIT})"
)
TABLE = "organisation_officerdetail"


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("scope", "0001_ground"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficerDetail",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="organisation.person",
                    ),
                ),
                ("identity_number", models.CharField(blank=True, default="", max_length=12)),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
                ("email", models.CharField(blank=True, default="", max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("identity_number", ""), _negated=True),
                        fields=("identity_number",),
                        name="one_officer_an_identity",
                    )
                ],
            },
        ),
        migrations.RunSQL(policy(TABLE, OWN), no_policy(TABLE)),
    ]

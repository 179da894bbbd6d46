"""Whatever the register's answer rests on makes a new version of it when it changes."""

from django.db import migrations

from lienthong.core.scope.rules import unwatched, watched

TABLES = (
    "organisation_adminunit",
    "organisation_unitfact",
    "organisation_body",
    "organisation_post",
    "organisation_appointment",
    "organisation_absence",
    "instruments_instrument",
    "competence_task",
    "competence_competencerule",
    "competence_workassignment",
)


class Migration(migrations.Migration):
    dependencies = [
        ("competence", "0001_initial"),
        ("organisation", "0001_initial"),
        ("instruments", "0001_initial"),
        ("scope", "0003_register"),
    ]
    operations = [migrations.RunSQL(watched(*TABLES), unwatched(*TABLES))]

"""A change of what a procedure demands, or of the working calendar, makes a new version of the register."""

from django.db import migrations

from lienthong.core.scope.rules import unwatched, watched

TABLES = (
    "procedures_procedure",
    "procedures_procedureversion",
    "procedures_localterm",
    "workdays_daynotice",
    "workdays_officehours",
)


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0001_initial"),
        ("workdays", "0001_initial"),
        ("scope", "0003_register"),
    ]
    operations = [migrations.RunSQL(watched(*TABLES), unwatched(*TABLES))]

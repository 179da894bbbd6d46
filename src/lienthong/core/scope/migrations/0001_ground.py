"""Extensions and the functions of the second wall; every other room's first migration depends on this one."""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from lienthong.core.scope.rules import FUNCTIONS


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [
        BtreeGistExtension(),
        BtreeGinExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION lienthong_unit(); DROP FUNCTION lienthong_reach(); DROP FUNCTION lienthong_xid();",
        ),
    ]

"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM_OR_CITY, no_policy, policy, seen_by_case

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

WALLS = [
    # A link is written in the statement that opens its case, before the case's sight can be read.
    (policy("exchange_link", seen_by_case(city=True), SOMEBODY), no_policy("exchange_link")),
    (policy("exchange_subscription", SYSTEM_OR_CITY), no_policy("exchange_subscription")),
    (policy("exchange_delivery", SYSTEM_OR_CITY), no_policy("exchange_delivery")),
]


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

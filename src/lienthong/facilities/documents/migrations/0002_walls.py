"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import UNIT, no_policy, policy, seen_by_case

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

OWN = f"{seen_by_case()} OR unit_id = {UNIT}"
WALLS = [
    (policy("documents_attachment", seen_by_case()), no_policy("documents_attachment")),
    (policy("documents_issuedform", OWN), no_policy("documents_issuedform")),
]


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

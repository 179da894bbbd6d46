"""Row-level security of this room, and the closed list of placeholders."""

from django.db import migrations

from lienthong.core.scope.rules import ROW, SYSTEM, SYSTEM_OR_CITY, UNIT, no_policy, policy, seen_by_case

# The city sees that a message was sent or not; the address it went to is the unit's alone.
ADDRESS = f"{SYSTEM} OR {ROW}.unit_id = {UNIT}"
PLACEHOLDERS = "mã|đơn vị|hạn|tra cứu"
CLOSED_LIST = (
    "ALTER TABLE notifications_messagetemplate ADD CONSTRAINT template_has_known_placeholders CHECK"
    f" (regexp_replace(text, '\\{{({PLACEHOLDERS})\\}}', '', 'g') !~ '[{{}}]')"
)
WALLS = [
    (
        policy("notifications_message", f"{seen_by_case(city=True)} OR {ROW}.unit_id = {UNIT}"),
        no_policy("notifications_message"),
    ),
    (policy("notifications_messageaddress", ADDRESS), no_policy("notifications_messageaddress")),
    (policy("notifications_alert", ADDRESS), no_policy("notifications_alert")),
    (policy("notifications_digestmail", ADDRESS), no_policy("notifications_digestmail")),
    (policy("notifications_messagetemplate", "true", SYSTEM_OR_CITY), no_policy("notifications_messagetemplate")),
    (policy("notifications_messagerule", "true", SYSTEM_OR_CITY), no_policy("notifications_messagerule")),
    (
        CLOSED_LIST,
        "ALTER TABLE notifications_messagetemplate DROP CONSTRAINT template_has_known_placeholders",
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

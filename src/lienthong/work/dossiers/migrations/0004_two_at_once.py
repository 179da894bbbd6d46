"""Two that admit the same person at once, within a transaction; and a key that a refused item set free."""

from importlib import import_module

from django.db import migrations

OPEN = import_module("lienthong.work.dossiers.migrations.0003_open").OPEN.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
# A refused item of a call gives its key back; the next one of the call that bears it takes it for itself.
CHANGES = (
    (
        "  v_used uuid[] := '{}';\n",
        "  v_used uuid[] := '{}';\n  v_free uuid[] := '{}';\n",
    ),
    (
        "          v_used := array_append(v_used, v_item.key);\n",
        "          v_used := array_append(v_used, v_item.key);\n"
        "          IF v_item.key = ANY (v_free) THEN\n"
        "            PERFORM journal_take_commands(ARRAY[v_item.key], t.account, t.verb, ARRAY[v_item.digest]);\n"
        "          END IF;\n",
    ),
    (
        "      IF outcome IN ('linked', 'another') THEN\n",
        "      IF outcome IN ('linked', 'another') THEN\n"
        "        v_free := array_append(v_free, v_item.key);\n",
    ),
)
# Whose paper or code another transaction has just stored is found at the second asking. Within the database, so
# that a transaction around it goes on, and costs no savepoint of its own.
WITHIN = """
CREATE FUNCTION dossiers_open_within(p_taking jsonb, p_items jsonb)
RETURNS TABLE (place int, outcome text, result jsonb) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY SELECT * FROM dossiers_open(p_taking, p_items);
EXCEPTION WHEN unique_violation THEN
  RETURN QUERY SELECT * FROM dossiers_open(p_taking, p_items);
END $$;
"""


def changed(text: str) -> str:
    for former, present in CHANGES:
        if text.count(former) != 1:
            raise ValueError(former)
        text = text.replace(former, present)
    return text


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_open"), ("parties", "0004_channel_said")]
    operations = [
        migrations.RunSQL(changed(OPEN), OPEN),
        migrations.RunSQL(WITHIN, "DROP FUNCTION dossiers_open_within(jsonb, jsonb);"),
    ]

"""The version of the register: whoever remembers what the register says asks whether it still says so."""

from django.db import migrations, models

# The number is drawn from a sequence, so that a change that was rolled back never lends its number to another.
CHANGED = """
CREATE SEQUENCE scope_register_seq;
INSERT INTO scope_registerversion (id, version) VALUES (1, nextval('scope_register_seq'));
CREATE FUNCTION scope_register_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE scope_registerversion SET version = nextval('scope_register_seq') WHERE id = 1;
  RETURN NULL;
END $$;
"""
UNDO = "DROP FUNCTION scope_register_changed(); DROP SEQUENCE scope_register_seq;"


class Migration(migrations.Migration):
    dependencies = [("scope", "0002_initial")]
    operations = [
        migrations.CreateModel(
            name="RegisterVersion",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(CHANGED, UNDO),
    ]

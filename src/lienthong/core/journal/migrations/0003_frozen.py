"""What many acts freeze alike is kept once; several acts are journalled, and their commands kept, in one call."""

import django.db.models.functions.datetime
from django.db import migrations, models

KEPT = """
CREATE TRIGGER journal_frozen_stays BEFORE UPDATE OR DELETE ON journal_frozen
FOR EACH STATEMENT EXECUTE FUNCTION journal_frozen_refused();
"""
REFUSED = """
CREATE FUNCTION journal_frozen_refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lienthong: what was frozen is not changed' USING ERRCODE = 'check_violation';
END $$;
"""
# As `begin_command`, for several: the keys that are new, and taken now. A command that comes while its first run
# is not committed waits here until that one has ended.
COMMANDS = """
CREATE FUNCTION journal_take_commands(p_keys uuid[], p_account bigint, p_verb text, p_digests text[])
RETURNS uuid[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_mine uuid[];
BEGIN
  WITH mine AS (
    INSERT INTO journal_command (key, account_id, verb, digest)
    SELECT k, coalesce(p_account, 0), p_verb, d FROM unnest(p_keys, p_digests) AS x (k, d)
    ON CONFLICT (key, account_id) DO NOTHING RETURNING key
  ) SELECT array_agg(key) INTO v_mine FROM mine;
  RETURN coalesce(v_mine, '{}');
END $$;
CREATE FUNCTION journal_finish_commands(p_keys uuid[], p_account bigint, p_results jsonb[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE journal_command c SET result = x.r FROM unnest(p_keys, p_results) AS x (k, r)
  WHERE c.key = x.k AND c.account_id = coalesce(p_account, 0);
END $$;
"""
ENTRIES = """
CREATE FUNCTION journal_record_all(p_verb text, p_kind text, p_ids bigint[], p_account bigint, p_post bigint,
                                   p_unit bigint, p_at timestamptz, p_data jsonb[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO journal_entry (verb, subject_kind, subject_id, case_id, account_id, post_id, unit_id, acted_at,
                             data, particulars_digest)
  SELECT p_verb, p_kind, i, i, p_account, p_post, p_unit, p_at, d, '' FROM unnest(p_ids, p_data) AS x (i, d);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="Frozen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField()),
                ("frozen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunSQL(REFUSED, "DROP FUNCTION journal_frozen_refused();"),
        migrations.RunSQL(KEPT, "DROP TRIGGER journal_frozen_stays ON journal_frozen;"),
        migrations.RunSQL(
            COMMANDS,
            "DROP FUNCTION journal_take_commands(uuid[], bigint, text, text[]);"
            " DROP FUNCTION journal_finish_commands(uuid[], bigint, jsonb[]);",
        ),
        migrations.RunSQL(
            ENTRIES,
            "DROP FUNCTION journal_record_all(text, text, bigint[], bigint, bigint, bigint, timestamptz, jsonb[]);",
        ),
    ]

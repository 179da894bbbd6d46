"""Less work with every case: indexes that another one covers go, and so do the checks against the register.

What a case names of the register is not deleted any more: the row that is named is guarded, not each that names it.
"""

import django.db.models.deletion
from django.db import migrations, models

NAMED = (
    "competence_task",
    "organisation_adminunit",
    "organisation_body",
    "organisation_post",
    "procedures_procedureversion",
)
# `case_code_prefix` serves the beginnings of codes too; most cases are received where they are worked on, so the
# search by receiving unit needs those only that are not.
INDEXES = """
DROP INDEX casework_case_code_35ec83e9_like;
DROP INDEX case_search_receiving;
CREATE INDEX case_search_receiving ON casework_case USING gin (receiving_unit_id, search_key gin_trgm_ops)
WHERE receiving_unit_id <> responsible_unit_id;
"""
KEPT = """
CREATE FUNCTION casework_register_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lienthong: % % is named by cases and stays', TG_TABLE_NAME, OLD.id
    USING ERRCODE = 'foreign_key_violation';
END $$;
""" + "\n".join(
    f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION casework_register_row_stays();"
    for table in NAMED
)
SEARCH = """
CREATE OR REPLACE FUNCTION casework_search(p_name text, p_code text, p_limit int) RETURNS SETOF casework_case
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_unit bigint := lienthong_unit(); v_reach text := lienthong_reach();
  v_like text := '%' || replace(replace(replace(p_name, E'\\\\', ''), '%', ''), '_', '') || '%';
  v_code text := replace(replace(replace(p_code, E'\\\\', ''), '%', ''), '_', '') || '%';
BEGIN
  IF v_unit IS NULL OR v_reach NOT IN ('unit', 'province') OR length(p_name) < 2 THEN RETURN; END IF;
  RETURN QUERY
  SELECT * FROM (
    SELECT c.* FROM casework_case c WHERE c.responsible_unit_id = v_unit AND c.search_key LIKE v_like
    UNION
    SELECT c.* FROM casework_case c WHERE c.receiving_unit_id = v_unit
      AND c.receiving_unit_id <> c.responsible_unit_id AND c.search_key LIKE v_like
    UNION
    SELECT c.* FROM casework_case c WHERE c.code LIKE v_code AND length(p_code) >= 4
      AND (v_reach = 'province' OR c.responsible_unit_id = v_unit
           OR EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = c.id AND s.unit_id = v_unit))
  ) found ORDER BY id DESC LIMIT p_limit;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_closed_of_unit"),
        ("competence", "0002_register"),
        ("organisation", "0001_initial"),
        ("procedures", "0002_register"),
        ("scope", "0003_register"),
    ]
    operations = [
        migrations.AlterField(
            "case",
            "task",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="competence.task",
            ),
        ),
        migrations.AlterField(
            "case",
            "receiving_unit",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.adminunit",
            ),
        ),
        migrations.AlterField(
            "case",
            "responsible_unit",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.adminunit",
            ),
        ),
        migrations.AlterField(
            "case",
            "body",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.body",
            ),
        ),
        migrations.AlterField(
            "case",
            "holder",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.post",
            ),
        ),
        migrations.AlterField(
            "case",
            "parent",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="casework.case",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                condition=models.Q(closed_at__isnull=False),
                fields=["holder", "closed_at"],
                name="case_closed_of_holder",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(condition=models.Q(parent__isnull=False), fields=["parent"], name="case_of_parent"),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(INDEXES, migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
    ]

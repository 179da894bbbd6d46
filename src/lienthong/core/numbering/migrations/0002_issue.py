"""Issuing numbers inside a statement that writes what bears them."""

from django.db import migrations

ISSUE = """
CREATE FUNCTION numbering_issue(p_unit bigint, p_kind text, p_period text, p_count int) RETURNS int
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_last int;
BEGIN
  INSERT INTO numbering_series (unit_id, kind, period, last) VALUES (p_unit, p_kind, p_period, p_count)
  ON CONFLICT (unit_id, kind, period) DO UPDATE SET last = numbering_series.last + excluded.last
  RETURNING last INTO v_last;
  RETURN v_last;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("numbering", "0001_initial")]
    operations = [migrations.RunSQL(ISSUE, "DROP FUNCTION numbering_issue(bigint, text, text, int);")]

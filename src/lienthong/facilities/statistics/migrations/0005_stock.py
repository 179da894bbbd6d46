"""The stock of all units, counted from the index alone (case_open_of_unit, casework's 0005).

Behind a policy every open case would be fetched for the policy's own columns (66,000 rows for 168 numbers). So
the count, like the search of cases, goes through one function that carries its scope in its arguments: the city's
officers ask for any unit, an officer of a unit for the own one; it gives numbers, no row.
"""

from django.db import migrations

STOCK = """
CREATE FUNCTION statistics_stock(p_kind text, p_units bigint[], p_at timestamptz, p_soon timestamptz)
RETURNS TABLE (unit_id bigint, in_progress int, due_soon int, overdue int, paused int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF lienthong_reach() NOT IN ('system', 'province')
     AND p_units IS DISTINCT FROM ARRAY[lienthong_unit()] THEN RETURN; END IF;
  RETURN QUERY
  SELECT u.id, s.a, s.b, s.c, s.d FROM unnest(p_units) u (id) CROSS JOIN LATERAL (
    SELECT count(*)::int, count(*) FILTER (WHERE c.due_at >= p_at AND c.due_at <= p_soon)::int,
           count(*) FILTER (WHERE c.due_at < p_at)::int, count(*) FILTER (WHERE c.due_at IS NULL)::int
    FROM casework_case c WHERE c.responsible_unit_id = u.id AND c.closed_at IS NULL AND c.kind = p_kind
  ) s (a, b, c, d);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0004_unit_days_walls"),
        ("casework", "0003_closed_of_unit"),
    ]
    operations = [
        migrations.RunSQL(STOCK, "DROP FUNCTION statistics_stock(text, bigint[], timestamptz, timestamptz)"),
    ]

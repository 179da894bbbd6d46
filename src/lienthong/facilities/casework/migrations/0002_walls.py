"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import UNIT, no_policy, policy, seen_by_case

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

SEEN = f"responsible_unit_id = {UNIT} OR receiving_unit_id = {UNIT} OR {seen_by_case('id', city=True)}"

CHILDREN = ("casework_clockentry", "casework_handover", "casework_consultation", "casework_arbiter")
# Who receives and who is responsible sees the case, from the very statement that makes it so.
SIGHT = """
CREATE FUNCTION casework_open_sight() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO scope_sight (case_id, unit_id, reason) VALUES (NEW.id, NEW.responsible_unit_id, 'responsible')
  ON CONFLICT DO NOTHING;
  IF NEW.receiving_unit_id <> NEW.responsible_unit_id THEN
    INSERT INTO scope_sight (case_id, unit_id, reason) VALUES (NEW.id, NEW.receiving_unit_id, 'receiving')
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER casework_sight AFTER INSERT OR UPDATE OF responsible_unit_id ON casework_case
FOR EACH ROW EXECUTE FUNCTION casework_open_sight();
"""
# Search carries its scope in itself: behind a policy LIKE would lose its index.
SEARCH = """
CREATE INDEX case_search_responsible ON casework_case USING gin (responsible_unit_id, search_key gin_trgm_ops);
CREATE INDEX case_search_receiving ON casework_case USING gin (receiving_unit_id, search_key gin_trgm_ops);
CREATE INDEX case_code_prefix ON casework_case (code text_pattern_ops);
CREATE FUNCTION casework_search(p_name text, p_code text, p_limit int) RETURNS SETOF casework_case
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE v_unit bigint := lienthong_unit(); v_reach text := lienthong_reach();
  v_like text := '%' || replace(replace(replace(p_name, E'\\\\', ''), '%', ''), '_', '') || '%';
  v_code text := replace(replace(replace(p_code, E'\\\\', ''), '%', ''), '_', '') || '%';
BEGIN
  IF v_unit IS NULL OR v_reach NOT IN ('unit', 'province') OR length(p_name) < 2 THEN RETURN; END IF;
  RETURN QUERY
  SELECT * FROM (
    SELECT c.* FROM casework_case c WHERE c.responsible_unit_id = v_unit AND c.search_key LIKE v_like
    UNION
    SELECT c.* FROM casework_case c WHERE c.receiving_unit_id = v_unit AND c.search_key LIKE v_like
    UNION
    SELECT c.* FROM casework_case c WHERE c.code LIKE v_code AND length(p_code) >= 4
      AND (v_reach = 'province' OR c.responsible_unit_id = v_unit
           OR EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = c.id AND s.unit_id = v_unit))
  ) found ORDER BY id DESC LIMIT p_limit;
END $$;
"""
WALLS = [
    (
        SEARCH,
        "DROP FUNCTION casework_search(text, text, int); DROP INDEX case_search_responsible;"
        " DROP INDEX case_search_receiving; DROP INDEX case_code_prefix;",
    ),
    (SIGHT, "DROP TRIGGER casework_sight ON casework_case; DROP FUNCTION casework_open_sight();"),
    (policy("casework_case", SEEN), no_policy("casework_case")),
    *[(policy(table, seen_by_case(city=True)), no_policy(table)) for table in CHILDREN],
]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

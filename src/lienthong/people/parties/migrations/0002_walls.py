"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import SYSTEM, UNIT, no_policy, policy

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

# The column is named with its table: bare, it would be taken for the column of the table of custodies.
KEPT = f"{SYSTEM} OR EXISTS (SELECT 1 FROM parties_custody c WHERE c.party_id = {{}} AND c.unit_id = {UNIT})"

# Registering is one call: custody first (its foreign key is checked at commit), so that the party's own
# policy already holds when the row is written.
REGISTER = """
CREATE FUNCTION parties_register(p_party jsonb, p_papers jsonb, p_reason text) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE v_id bigint := nextval(pg_get_serial_sequence('parties_party', 'id'));
BEGIN
  INSERT INTO parties_custody (party_id, unit_id, reason) VALUES (v_id, lienthong_unit(), p_reason);
  INSERT INTO parties_party (id, kind, name, search_key, born_on, sex, address, phone, email, channel)
  VALUES (v_id, p_party->>'kind', p_party->>'name', p_party->>'search_key', (p_party->>'born_on')::date,
          p_party->>'sex', p_party->>'address', p_party->>'phone', p_party->>'email', p_party->>'channel');
  INSERT INTO parties_identitypaper (party_id, kind, number, issued_on)
  SELECT v_id, x->>'kind', x->>'number', (x->>'issued_on')::date FROM jsonb_array_elements(p_papers) x;
  RETURN v_id;
END $$;
"""
# The paper lies on the counter: whoever holds its whole number may find the person, from any unit; the
# unit's custody and the reading are written down by the same call. It runs as the owner, hence the
# fixed search_path.
BY_PAPER = """
CREATE FUNCTION parties_by_paper(p_kind text, p_number text, p_account bigint, p_post bigint, p_purpose text)
RETURNS SETOF parties_party LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE v_party bigint;
BEGIN
  IF lienthong_unit() IS NULL THEN RETURN; END IF;
  SELECT party_id INTO v_party FROM parties_identitypaper WHERE kind = p_kind AND number = p_number;
  IF v_party IS NULL THEN RETURN; END IF;
  INSERT INTO parties_custody (party_id, unit_id, reason) VALUES (v_party, lienthong_unit(), 'paper_shown')
  ON CONFLICT DO NOTHING;
  INSERT INTO journal_reading (account_id, post_id, unit_id, subject_kind, subject_id, purpose, allowed)
  VALUES (p_account, p_post, lienthong_unit(), 'party', v_party, p_purpose, true);
  RETURN QUERY SELECT * FROM parties_party WHERE id = v_party;
END $$;
"""
# At intake: one call finds who is known by any of the papers shown, or registers a new party. What a known
# party now says of address and ways to reach it replaces what was stored (each dossier keeps its own copy).
ADMIT = """
CREATE FUNCTION parties_admit(p_party jsonb, p_papers jsonb, p_account bigint, p_post bigint, p_reason text)
RETURNS TABLE (party_id bigint, party_name text, fresh boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE v_id bigint;
BEGIN
  IF lienthong_unit() IS NULL THEN RAISE EXCEPTION 'lienthong: no acting unit'; END IF;
  SELECT i.party_id INTO v_id FROM parties_identitypaper i
  JOIN jsonb_array_elements(p_papers) x ON i.kind = x->>'kind' AND i.number = x->>'number' LIMIT 1;
  IF v_id IS NULL THEN
    v_id := parties_register(p_party, p_papers, p_reason);
    RETURN QUERY SELECT v_id, p_party->>'name', true;
    RETURN;
  END IF;
  INSERT INTO parties_custody (party_id, unit_id, reason) VALUES (v_id, lienthong_unit(), p_reason)
  ON CONFLICT DO NOTHING;
  INSERT INTO parties_identitypaper (party_id, kind, number, issued_on)
  SELECT v_id, x->>'kind', x->>'number', (x->>'issued_on')::date FROM jsonb_array_elements(p_papers) x
  ON CONFLICT DO NOTHING;
  INSERT INTO journal_reading (account_id, post_id, unit_id, subject_kind, subject_id, purpose, allowed)
  VALUES (p_account, p_post, lienthong_unit(), 'party', v_id, p_reason, true);
  UPDATE parties_party p SET
    address = coalesce(nullif(p_party->>'address', ''), p.address),
    phone = coalesce(nullif(p_party->>'phone', ''), p.phone),
    email = coalesce(nullif(p_party->>'email', ''), p.email),
    channel = CASE WHEN p_party->>'channel' = 'none' THEN p.channel ELSE p_party->>'channel' END
  WHERE p.id = v_id;
  RETURN QUERY SELECT p.id, p.name::text, false FROM parties_party p WHERE p.id = v_id;
END $$;
"""
# A matter that moves to another unit takes its person along.
SHARE = """
CREATE FUNCTION parties_share(p_party bigint, p_units bigint[], p_reason text) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO parties_custody (party_id, unit_id, reason)
  SELECT p_party, u, p_reason FROM unnest(p_units) u ON CONFLICT DO NOTHING;
$$;
"""
WALLS = [
    (policy("parties_party", KEPT.format("parties_party.id"), SOMEBODY), no_policy("parties_party")),
    (
        policy("parties_identitypaper", KEPT.format("parties_identitypaper.party_id"), SOMEBODY),
        no_policy("parties_identitypaper"),
    ),
    (REGISTER, "DROP FUNCTION parties_register(jsonb, jsonb, text);"),
    (BY_PAPER, "DROP FUNCTION parties_by_paper(text, text, bigint, bigint, text);"),
    (ADMIT, "DROP FUNCTION parties_admit(jsonb, jsonb, bigint, bigint, text);"),
    (SHARE, "DROP FUNCTION parties_share(bigint, bigint[], text);"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
        ("scope", "0002_initial"),
        ("journal", "0001_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

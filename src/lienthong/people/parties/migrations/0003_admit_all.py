"""Admitting the parties of several intakes in one call."""

from django.db import migrations

# As `parties_admit`, for each of several. Whose paper bears another name gets no id, and nothing of it is written.
ADMIT_ALL = """
CREATE FUNCTION parties_admit_all(p_parties jsonb[], p_papers jsonb[], p_account bigint, p_post bigint,
                                  p_reason text) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE v_unit bigint := lienthong_unit(); v_ids bigint[] := '{}'; v_id bigint; v_key text;
  v_party jsonb; v_papers jsonb;
BEGIN
  IF v_unit IS NULL THEN RAISE EXCEPTION 'lienthong: no acting unit'; END IF;
  FOR i IN 1 .. array_length(p_parties, 1) LOOP
    v_party := p_parties[i]; v_papers := p_papers[i]; v_id := NULL;
    IF jsonb_array_length(v_papers) > 0 THEN
      SELECT p.id, p.search_key INTO v_id, v_key
      FROM jsonb_array_elements(v_papers) x
      JOIN parties_identitypaper n ON n.kind = x->>'kind' AND n.number = x->>'number'
      JOIN parties_party p ON p.id = n.party_id LIMIT 1;
    END IF;
    IF v_id IS NULL THEN
      INSERT INTO parties_party (kind, name, search_key, born_on, sex, address, phone, email, channel)
      VALUES (v_party->>'kind', v_party->>'name', v_party->>'search_key', (v_party->>'born_on')::date,
              v_party->>'sex', v_party->>'address', v_party->>'phone', v_party->>'email', v_party->>'channel')
      RETURNING id INTO v_id;
      INSERT INTO parties_custody (party_id, unit_id, reason) VALUES (v_id, v_unit, p_reason);
      INSERT INTO parties_identitypaper (party_id, kind, number, issued_on)
      SELECT v_id, x->>'kind', x->>'number', (x->>'issued_on')::date FROM jsonb_array_elements(v_papers) x;
    ELSIF v_key <> v_party->>'search_key' THEN
      v_id := NULL;
    ELSE
      INSERT INTO parties_custody (party_id, unit_id, reason) VALUES (v_id, v_unit, p_reason)
      ON CONFLICT DO NOTHING;
      INSERT INTO parties_identitypaper (party_id, kind, number, issued_on)
      SELECT v_id, x->>'kind', x->>'number', (x->>'issued_on')::date FROM jsonb_array_elements(v_papers) x
      ON CONFLICT DO NOTHING;
      INSERT INTO journal_reading (account_id, post_id, unit_id, subject_kind, subject_id, purpose, allowed)
      VALUES (p_account, p_post, v_unit, 'party', v_id, p_reason, true);
      UPDATE parties_party p SET
        address = coalesce(nullif(v_party->>'address', ''), p.address),
        phone = coalesce(nullif(v_party->>'phone', ''), p.phone),
        email = coalesce(nullif(v_party->>'email', ''), p.email),
        channel = CASE WHEN v_party->>'channel' = 'none' THEN p.channel ELSE v_party->>'channel' END
      WHERE p.id = v_id;
    END IF;
    v_ids := array_append(v_ids, v_id);
  END LOOP;
  RETURN v_ids;
END $$;
"""
# The common case, set by set: nobody is known by any paper shown, and no paper is shown twice. NULL where that is
# not so; nothing is written then.
ADMIT_FRESH = """
CREATE FUNCTION parties_admit_fresh(p_parties jsonb[], p_papers jsonb[], p_reason text) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE v_unit bigint := lienthong_unit(); v_ids bigint[] := '{}'; v_kinds text[]; v_numbers text[];
  v_owners int[]; v_days date[];
BEGIN
  IF v_unit IS NULL THEN RAISE EXCEPTION 'lienthong: no acting unit'; END IF;
  SELECT array_agg(x->>'kind'), array_agg(x->>'number'), array_agg((x->>'issued_on')::date), array_agg(n::int)
  INTO v_kinds, v_numbers, v_days, v_owners
  FROM unnest(p_papers) WITH ORDINALITY AS p (papers, n), jsonb_array_elements(p.papers) x;
  IF EXISTS (SELECT 1 FROM unnest(v_kinds, v_numbers) AS x (kind, number)
             JOIN parties_identitypaper i ON i.kind = x.kind AND i.number = x.number)
     OR (cardinality(v_numbers) > 1
         AND EXISTS (SELECT 1 FROM unnest(v_kinds, v_numbers) AS x (kind, number)
                     GROUP BY x.kind, x.number HAVING count(*) > 1)) THEN
    RETURN NULL;
  END IF;
  FOR i IN 1 .. cardinality(p_parties) LOOP
    v_ids := array_append(v_ids, nextval('parties_party_id_seq'));
  END LOOP;
  INSERT INTO parties_party (id, kind, name, search_key, born_on, sex, address, phone, email, channel)
  SELECT x.id, p->>'kind', p->>'name', p->>'search_key', (p->>'born_on')::date, p->>'sex', p->>'address',
         p->>'phone', p->>'email', p->>'channel'
  FROM unnest(v_ids, p_parties) AS x (id, p);
  INSERT INTO parties_custody (party_id, unit_id, reason) SELECT i, v_unit, p_reason FROM unnest(v_ids) i;
  INSERT INTO parties_identitypaper (party_id, kind, number, issued_on)
  SELECT v_ids[x.owner], x.kind, x.number, x.day
  FROM unnest(v_owners, v_kinds, v_numbers, v_days) AS x (owner, kind, number, day);
  RETURN v_ids;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_walls")]
    operations = [
        migrations.RunSQL(
            ADMIT_ALL, "DROP FUNCTION parties_admit_all(jsonb[], jsonb[], bigint, bigint, text);"
        ),
        migrations.RunSQL(ADMIT_FRESH, "DROP FUNCTION parties_admit_fresh(jsonb[], jsonb[], text);"),
    ]

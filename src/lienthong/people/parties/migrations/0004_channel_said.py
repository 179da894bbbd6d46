"""Who says "no messages" gets none: not the same as saying nothing about it, which leaves what is known."""

from importlib import import_module

from django.db import migrations

FORMER = {
    name: import_module(f"lienthong.people.parties.migrations.{name}")
    for name in ("0002_walls", "0003_admit_all")
}
# `channel_said` is NULL where nothing was said; `channel` is then "none", for whoever is new.
ADMIT_ALL = """
CREATE OR REPLACE FUNCTION parties_admit_all(p_parties jsonb[], p_papers jsonb[], p_account bigint, p_post bigint,
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
        channel = coalesce(v_party->>'channel_said', p.channel)
      WHERE p.id = v_id;
    END IF;
    v_ids := array_append(v_ids, v_id);
  END LOOP;
  RETURN v_ids;
END $$;
"""
# One at a time is a list of one.
NO_ADMIT = "DROP FUNCTION parties_admit(jsonb, jsonb, bigint, bigint, text);"


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_admit_all")]
    operations = [
        migrations.RunSQL(
            ADMIT_ALL,
            FORMER["0003_admit_all"].ADMIT_ALL.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
        migrations.RunSQL(NO_ADMIT, FORMER["0002_walls"].ADMIT),
    ]

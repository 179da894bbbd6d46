"""Taking dossiers in with one statement; a procedure's terms are kept once for all dossiers that share them."""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = "DROP INDEX dossiers_dossier_lookup_digest_fce29b53_like;"
OPENING = """
CREATE TYPE dossiers_opening AS (
  key uuid, digest text, external text, party jsonb, papers jsonb, subject_name text, search_key text,
  title text, field text, task_id bigint, version_id bigint, frozen_id bigint, answer jsonb, finding text,
  responsible bigint, body bigint, holder bigint, limit_amount int, limit_unit text, cutoff text,
  due timestamptz, channel text, given jsonb, particulars jsonb, note text, at_once boolean,
  queue_ticket text, return_mode text, charges jsonb, receipt jsonb, told jsonb, result jsonb
);
CREATE TYPE dossiers_taking AS (
  version bigint, unit bigint, reach text, account bigint, post bigint, verb text, event text, state text,
  at timestamptz, period text, place text, code text, url text, inner_pad text, outer_pad text,
  frozen bigint[]
);
"""
# The secret of a receipt is the HMAC-SHA256 of its code (actions/tokens.py), made here because the number is
# issued here. The two pads are those of a key that serves nothing else.
TOKEN = """
CREATE FUNCTION dossiers_token(p_code text, p_inner text, p_outer text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN left(encode(sha256(decode(p_outer, 'hex')
    || sha256(decode(p_inner, 'hex') || convert_to('lookup:' || p_code, 'UTF8'))), 'hex'), 32);
END $$;
"""
# Which of a sender's own codes stand on dossiers already, in whatever unit those are. Runs as the owner.
TAKEN = """
CREATE FUNCTION dossiers_linked(p_client bigint, p_codes text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT external_code FROM exchange_link
               WHERE client_id = p_client AND external_code = ANY (p_codes));
END $$;
"""
# One call takes in one dossier or many of one unit, in the scope of who acts: every insert goes through the
# tables' own policies. What each item came to: "done"; "again" and "reused" (a key that came before, with the
# same body or another; "twin": earlier in this call), "another" (the paper bears another name), "linked" (the
# sender's code is taken); of these nothing is written. "stale": what the caller remembers of the register is
# out of date; nothing at all is written, and the caller reads the register again. Its plans are made once: with
# an array's length in view the planner would make them anew at every call, at twice the cost of running them.
OPEN = """
CREATE FUNCTION dossiers_open(p_taking jsonb, p_items jsonb)
RETURNS TABLE (place int, outcome text, result jsonb)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  t dossiers_taking := jsonb_populate_record(NULL::dossiers_taking, p_taking);
  v_unit text := coalesce(current_setting('lienthong.unit', true), '');
  v_reach text := coalesce(current_setting('lienthong.reach', true), '');
  v_put text;
  v_new dossiers_opening[];
  v_all dossiers_opening[];
  v_item dossiers_opening;
  v_keys uuid[];
  v_digests text[];
  v_externals text[];
  v_parties_in jsonb[];
  v_papers_in jsonb[];
  v_mine uuid[];
  v_used uuid[] := '{}';
  v_taken text[] := '{}';
  v_parties bigint[];
  v_places int[] := '{}';
  v_ids bigint[] := '{}';
  v_codes text[] := '{}';
  v_tokens text[] := '{}';
  v_receipts bigint[] := '{}';
  v_results jsonb[] := '{}';
  v_told jsonb[] := '{}';
  v_count int;
  v_last int;
  v_id bigint;
  v_receipt bigint;
  v_code text;
  v_token text;
  v_charged boolean := false;
  v_received boolean := false;
  v_moved boolean := false;
BEGIN
  v_put := set_config('lienthong.unit', coalesce(t.unit::text, ''), true);
  v_put := set_config('lienthong.reach', t.reach, true);
  IF t.version IS DISTINCT FROM (SELECT version FROM scope_registerversion WHERE id = 1)
     OR cardinality(t.frozen) > (SELECT count(*) FROM journal_frozen f WHERE f.id = ANY (t.frozen)) THEN
    v_put := set_config('lienthong.unit', v_unit, true);
    v_put := set_config('lienthong.reach', v_reach, true);
    place := 0; outcome := 'stale';
    RETURN NEXT;
    RETURN;
  END IF;
  SELECT array_agg(r), array_agg(r.key), array_agg(r.digest), array_agg(r.party), array_agg(r.papers),
         array_agg(r.external) FILTER (WHERE r.external <> '')
  INTO v_all, v_keys, v_digests, v_parties_in, v_papers_in, v_externals
  FROM jsonb_populate_recordset(NULL::dossiers_opening, p_items) r;
  v_count := cardinality(v_keys);
  v_mine := journal_take_commands(v_keys, t.account, t.verb, v_digests);
  IF v_externals IS NOT NULL THEN
    v_taken := dossiers_linked(-t.account, v_externals);
  END IF;
  IF cardinality(v_mine) = v_count AND cardinality(v_taken) = 0 AND (v_count = 1 OR coalesce(cardinality(
       v_externals), 0) = (SELECT count(DISTINCT e) FROM unnest(v_externals) e)) THEN
    v_parties := parties_admit_fresh(v_parties_in, v_papers_in, 'intake');
  END IF;
  IF v_parties IS NOT NULL THEN
    v_new := v_all;
    v_used := v_keys;
    FOR i IN 1 .. v_count LOOP v_places := array_append(v_places, i); END LOOP;
  ELSE
    v_new := '{}';
    v_count := 0;
    FOREACH v_item IN ARRAY v_all LOOP
      v_count := v_count + 1;
      place := v_count; outcome := ''; result := NULL;
      IF v_item.key = ANY (v_used) THEN
        result := to_jsonb(v_places[array_position(v_used, v_item.key)]);
        outcome := CASE WHEN v_digests[(result)::int] = v_item.digest THEN 'twin' ELSE 'reused' END;
      ELSIF NOT v_item.key = ANY (v_mine) THEN
        SELECT CASE WHEN c.digest = v_item.digest THEN 'again' ELSE 'reused' END, c.result INTO outcome, result
        FROM journal_command c WHERE c.key = v_item.key AND c.account_id = coalesce(t.account, 0);
      ELSIF v_item.external <> '' AND v_item.external = ANY (v_taken) THEN
        outcome := 'linked';
      ELSE
        v_id := (parties_admit_all(ARRAY[v_item.party], ARRAY[v_item.papers], t.account, t.post, 'intake'))[1];
        IF v_id IS NULL THEN
          outcome := 'another';
        ELSE
          v_new := array_append(v_new, v_item);
          v_parties := array_append(v_parties, v_id);
          v_places := array_append(v_places, place);
          v_used := array_append(v_used, v_item.key);
          v_taken := array_append(v_taken, nullif(v_item.external, ''));
          CONTINUE;
        END IF;
      END IF;
      IF outcome IN ('linked', 'another') THEN
        DELETE FROM journal_command c WHERE c.key = v_item.key AND c.account_id = coalesce(t.account, 0);
      END IF;
      RETURN NEXT;
    END LOOP;
    v_count := cardinality(v_new);
  END IF;
  IF v_count > 0 THEN
    v_last := numbering_issue(t.unit, 'dossier', t.period, v_count) - v_count;
    FOREACH v_item IN ARRAY v_new LOOP
      v_last := v_last + 1;
      v_id := nextval('casework_case_id_seq');
      v_code := t.code || CASE WHEN v_last < 10000 THEN lpad(v_last::text, 4, '0') ELSE v_last::text END;
      v_token := dossiers_token(v_code, t.inner_pad, t.outer_pad);
      result := v_item.result || jsonb_build_object('dossier_id', v_id, 'code', v_code, 'lookup_token', v_token);
      v_receipt := NULL;
      IF v_item.receipt IS NOT NULL THEN
        v_received := true;
        v_receipt := nextval('documents_issuedform_id_seq');
        result := result || jsonb_build_object('receipt_id', v_receipt);
      END IF;
      v_charged := v_charged OR jsonb_array_length(v_item.charges) > 0;
      v_moved := v_moved OR v_item.responsible <> t.unit;
      v_ids := array_append(v_ids, v_id);
      v_codes := array_append(v_codes, v_code);
      v_tokens := array_append(v_tokens, v_token);
      v_receipts := array_append(v_receipts, v_receipt);
      v_results := array_append(v_results, result);
      v_told := array_append(v_told, v_item.told);
      place := v_places[cardinality(v_ids)]; outcome := 'done';
      RETURN NEXT;
    END LOOP;
    INSERT INTO casework_case (
      id, kind, code, state, title, subject_name, search_key, party_id, task_id, field, receiving_unit_id,
      responsible_unit_id, body_id, holder_id, answer, finding, opened_at, clock_start, limit_amount, limit_unit,
      cutoff, place, promised_at, due_at, held_since, hops, extensions, outcome, late_by_rule, version)
    SELECT i.id, 'dossier', i.code, t.state, i.title, i.subject_name, i.search_key, i.owner, i.task_id, i.field,
      t.unit, i.responsible, i.body, i.holder, i.answer, i.finding, t.at, t.at, i.limit_amount, i.limit_unit,
      i.cutoff, t.place, i.due, i.due, t.at, 0, 0, '', false, 1
    FROM unnest(v_ids, v_codes, v_parties, v_new) AS i (id, code, owner);
    IF v_moved THEN
      PERFORM parties_share(i.owner, ARRAY[i.responsible], 'dossier')
      FROM unnest(v_parties, v_new) AS i (owner) WHERE i.responsible <> t.unit;
    END IF;
    INSERT INTO dossiers_dossier (
      case_id, version_id, applicant_id, channel, frozen_id, papers, particulars, note, at_once, step,
      lookup_digest, queue_ticket, supplement_count, resume_state, result_number, result_summary, return_mode,
      returning_unit_id, returned_to)
    SELECT i.id, i.version_id, i.owner, i.channel, i.frozen_id, i.given, i.particulars, i.note, i.at_once, 0,
      encode(sha256(convert_to(i.token, 'UTF8')), 'hex'), i.queue_ticket, 0, '', '', '', i.return_mode, t.unit, ''
    FROM unnest(v_ids, v_parties, v_tokens, v_new) AS i (id, owner, token);
    IF v_charged THEN
      INSERT INTO fees_charge (case_id, unit_id, label, amount, citation, waived_reason, recorded_at)
      SELECT i.id, t.unit, c.label, c.amount, c.citation, '', t.at
      FROM unnest(v_ids, v_new) AS i (id),
        jsonb_to_recordset(i.charges) AS c (label text, amount bigint, citation text);
    END IF;
    IF v_received THEN
      INSERT INTO documents_issuedform (id, case_id, unit_id, form, number, sequence, content, post_id, issued_at)
      SELECT i.form, i.id, t.unit, 'intake_receipt', '', 1,
        i.receipt || jsonb_build_object('code', i.code, 'lookup_url', t.url || i.token || '/'), t.post, t.at
      FROM unnest(v_receipts, v_ids, v_codes, v_tokens, v_new) AS i (form, id, code, token)
      WHERE i.form IS NOT NULL;
    END IF;
    IF v_externals IS NOT NULL THEN
      INSERT INTO exchange_link (client_id, case_id, external_code)
      SELECT -t.account, i.id, i.external FROM unnest(v_ids, v_new) AS i (id) WHERE i.external <> '';
    END IF;
    PERFORM journal_record_all(t.event, 'dossier', v_ids, t.account, t.post, t.unit, t.at, v_told);
    PERFORM journal_finish_commands(v_used, t.account, v_results);
  END IF;
  v_put := set_config('lienthong.unit', v_unit, true);
  v_put := set_config('lienthong.reach', v_reach, true);
END $$;
"""
UNDO = """
DROP FUNCTION dossiers_open(jsonb, jsonb); DROP FUNCTION dossiers_linked(bigint, text[]);
DROP FUNCTION dossiers_token(text, text, text); DROP TYPE dossiers_taking; DROP TYPE dossiers_opening;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_fewer_indexes"),
        ("documents", "0002_walls"),
        ("dossiers", "0002_walls"),
        ("exchange", "0002_walls"),
        ("fees", "0002_walls"),
        ("journal", "0003_frozen"),
        ("numbering", "0002_issue"),
        ("organisation", "0001_initial"),
        ("parties", "0003_admit_all"),
        ("procedures", "0002_register"),
    ]
    operations = [
        migrations.RenameField("dossier", "terms", "own_terms"),
        migrations.AlterField("dossier", "own_terms", models.JSONField(db_column="terms", null=True)),
        migrations.AddField("dossier", "frozen_id", models.BigIntegerField(null=True)),
        migrations.AlterField(
            "dossier",
            "applicant",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
            ),
        ),
        migrations.AlterField(
            "dossier",
            "returning_unit",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.adminunit",
            ),
        ),
        migrations.AlterField(
            "dossier",
            "version",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                name="dossier_has_terms",
                condition=models.Q(own_terms__isnull=False, frozen_id__isnull=True)
                | models.Q(own_terms__isnull=True, frozen_id__isnull=False),
            ),
        ),
        migrations.RunSQL(INDEXES, migrations.RunSQL.noop),
        migrations.RunSQL(OPENING + TOKEN + TAKEN + OPEN, UNDO),
    ]

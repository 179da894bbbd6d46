"""Row-level security of this room: the second wall."""

from django.db import migrations

from lienthong.core.scope.rules import no_policy, policy, seen_by_case

SOMEBODY = "(SELECT lienthong_reach()) <> 'none'"

CHILDREN = ("supplementrequest", "proposal", "decision", "correction", "extensionletter")
# The public look-up: runs as the owner, takes the secret of the receipt or the code with a second fact, and
# gives no name, no number, no paper. What it needs besides is what a page may show to anybody who holds it.
LOOK_UP = """
CREATE FUNCTION dossiers_look_up(p_digest text, p_code text, p_fact text)
RETURNS TABLE (code text, state text, procedure text, unit text, received_at timestamptz,
               promised_at timestamptz, due_at timestamptz, closed_at timestamptz, returned_at timestamptz,
               lacks jsonb, extensions int, return_mode text, returning_unit text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.code, c.state, c.title, f.name, c.opened_at, c.promised_at, c.due_at, c.closed_at, d.returned_at,
         (SELECT r.lacks FROM dossiers_supplementrequest r
          WHERE r.dossier_id = d.case_id AND r.answered_at IS NULL ORDER BY r.sequence DESC LIMIT 1),
         c.extensions::int, d.return_mode, g.name
  FROM dossiers_dossier d
  JOIN casework_case c ON c.id = d.case_id
  JOIN organisation_unitfact f ON f.unit_id = c.responsible_unit_id AND f.valid_during @> current_date
  JOIN organisation_unitfact g ON g.unit_id = d.returning_unit_id AND g.valid_during @> current_date
  WHERE (p_digest <> '' AND d.lookup_digest = p_digest)
     OR (p_digest = '' AND length(p_fact) >= 4 AND c.code = p_code AND EXISTS (
           SELECT 1 FROM parties_party p WHERE p.id = d.applicant_id AND (
             (length(p_fact) = 4 AND right(p.phone, 4) = p_fact)
             OR (length(p_fact) = 8 AND to_char(p.born_on, 'DDMMYYYY') = p_fact)
             OR (length(p_fact) = 4 AND EXISTS (SELECT 1 FROM parties_identitypaper i
                                                WHERE i.party_id = p.id AND right(i.number, 4) = p_fact)))))
  LIMIT 1
$$;
"""
WALLS = [
    (LOOK_UP, "DROP FUNCTION dossiers_look_up(text, text, text);"),
    (policy("dossiers_dossier", seen_by_case(city=True)), no_policy("dossiers_dossier")),
    *[
        (policy(f"dossiers_{table}", seen_by_case("dossier_id", city=True)), no_policy(f"dossiers_{table}"))
        for table in CHILDREN
    ],
]


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_initial"),
        ("scope", "0002_initial"),
    ]
    operations = [migrations.RunSQL(sql, undo) for sql, undo in WALLS]

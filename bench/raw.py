"""The raw limit: the same PostgreSQL doing nothing but the rows, driven by pgbench with prepared statements."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

SCHEMA = """
DROP TABLE IF EXISTS raw_audit, raw_status, raw_case;
CREATE TABLE raw_case (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  identification text NOT NULL UNIQUE, case_type int NOT NULL, ward int NOT NULL,
  registered date NOT NULL DEFAULT current_date, started timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL, payload jsonb NOT NULL);
CREATE INDEX ON raw_case (case_type, registered); CREATE INDEX ON raw_case (ward, status);
CREATE TABLE raw_status (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint NOT NULL REFERENCES raw_case (id),
  status text NOT NULL, at timestamptz NOT NULL DEFAULT now(), note text);
CREATE INDEX ON raw_status (case_id);
CREATE TABLE raw_audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint NOT NULL, actor text NOT NULL,
  action text NOT NULL, at timestamptz NOT NULL DEFAULT now(), before jsonb, after jsonb);
CREATE INDEX ON raw_audit (case_id, at);
"""
CREATE = r"""
\set t random(1,200)
\set w random(1,3321)
BEGIN;
INSERT INTO raw_case (identification, case_type, ward, status, payload)
VALUES (gen_random_uuid()::text, :t, :w, 'new', jsonb_build_object('text', repeat('x', 200))) RETURNING id \gset
INSERT INTO raw_status (case_id, status, note) VALUES (:id, 'new', 'received');
INSERT INTO raw_audit (case_id, actor, action, after) VALUES (:id, 'clerk', 'create', '{"status": "new"}');
COMMIT;
"""
STEP = r"""
\set id random(1,:n)
BEGIN;
UPDATE raw_case SET status = 'in_progress' WHERE id = :id;
INSERT INTO raw_status (case_id, status, note) VALUES (:id, 'in_progress', 'taken up');
INSERT INTO raw_audit (case_id, actor, action, before, after)
VALUES (:id, 'clerk', 'status', '{"status": "new"}', '{"status": "in_progress"}');
COMMIT;
"""
LIST = r"""
SELECT id, uuid, identification, case_type, ward, registered, started, status, payload
FROM raw_case ORDER BY id DESC LIMIT 100;
"""


def pgbench() -> str:
    """The program. Raises SystemExit with what to install where it is missing."""
    found = shutil.which("pgbench") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)), None
    )
    if found is None:
        raise SystemExit("Thiếu pgbench (gói postgresql-contrib hoặc postgresql của hệ điều hành).")
    return found


def run(url: str, script: str, *, clients: int, seconds: int, **variables: int) -> tuple[float, float]:
    """Transactions a second and mean milliseconds of one, as pgbench reports them."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql", delete=False) as file:
        file.write(script)
    command = [pgbench(), "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds)]
    command += [f"-D{name}={value}" for name, value in variables.items()]
    done = subprocess.run(
        [*command, "-f", file.name, url], capture_output=True, text=True, env=os.environ, check=False
    )
    Path(file.name).unlink()
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    mean = re.search(r"latency average = ([\d.]+)", done.stdout)
    if not rate or not mean:
        raise SystemExit(done.stderr)
    return float(rate[1]), float(mean[1])

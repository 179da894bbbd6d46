"""The raw limit: the same PostgreSQL doing nothing but the rows, driven by pgbench with prepared statements.

Tables and statements are those that every figure of this kind is measured beside, so that ratios can be compared.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

WARMING = 2
SCHEMA = """
DROP TABLE IF EXISTS audit_row, status_row, case_row;
CREATE TABLE case_row(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  identification text NOT NULL UNIQUE,
  case_type int NOT NULL, ward int NOT NULL, registered date NOT NULL DEFAULT current_date,
  started timestamptz NOT NULL DEFAULT now(), status text NOT NULL, payload jsonb NOT NULL);
CREATE INDEX ON case_row(case_type, registered); CREATE INDEX ON case_row(ward, status);
CREATE TABLE status_row(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint NOT NULL REFERENCES case_row(id),
  status text NOT NULL, at timestamptz NOT NULL DEFAULT now(), note text);
CREATE INDEX ON status_row(case_id);
CREATE TABLE audit_row(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint NOT NULL,
  actor text NOT NULL, action text NOT NULL, at timestamptz NOT NULL DEFAULT now(), before jsonb, after jsonb);
CREATE INDEX ON audit_row(case_id, at);
"""
PAYLOAD = (
    '{"applicant":"Nguyen Van A","phone":"0900000000","description":"A case of the load test, some two hundred'
    " bytes of text so that the row is about as large as a row of a peer is; nothing more is meant by it."
    '","loc":[105.84,21.02]}'
)
CREATED = '{"status":"new","note":"received","case":"as inserted, about one hundred bytes of json"}'
CREATE = rf"""
\set t random(1,200)
\set w random(1,3321)
BEGIN;
INSERT INTO case_row(identification,case_type,ward,status,payload)
 VALUES (gen_random_uuid()::text, :t, :w, 'new', '{PAYLOAD}') RETURNING id \gset
INSERT INTO status_row(case_id,status,note) VALUES (:id,'new','received');
INSERT INTO audit_row(case_id,actor,action,after) VALUES (:id,'clerk','create','{CREATED}');
COMMIT;
"""
STEP = r"""
\set id random(1,:n)
BEGIN;
UPDATE case_row SET status='in_progress' WHERE id=:id;
INSERT INTO status_row(case_id,status,note) VALUES (:id,'in_progress','taken up');
INSERT INTO audit_row(case_id,actor,action,before,after)
 VALUES (:id,'clerk','status','{"status":"new"}','{"status":"in_progress","note":"taken up"}');
COMMIT;
"""
LIST = r"""
SELECT id,uuid,identification,case_type,ward,registered,started,status,payload FROM case_row ORDER BY id DESC LIMIT 100;
"""


def pgbench() -> str:
    """The program. Raises SystemExit with what to install where it is missing."""
    found = shutil.which("pgbench") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), reverse=True)), None
    )
    if found is None:
        raise SystemExit("Thiếu pgbench (gói postgresql-contrib hoặc postgresql của hệ điều hành).")
    return found


def run(url: str, script: str, *, clients: int, seconds: int, **variables: int) -> float:
    """Transactions a second, as pgbench reports them, after some that are not measured."""
    more = ["-c", str(clients), "-j", str(min(2, clients)), *(f"-D{k}={v}" for k, v in variables.items())]
    _bench(url, script, min(WARMING, seconds), more)
    rate = re.search(r"tps = ([\d.]+)", _bench(url, script, seconds, more))
    if not rate:
        raise SystemExit("pgbench: no rate")
    return float(rate[1])


def middle_ms(url: str, script: str, *, seconds: int) -> float:
    """The median of one client's transactions in milliseconds, after some that are not measured."""
    _bench(url, script, min(WARMING, seconds), [])
    with tempfile.TemporaryDirectory() as folder:
        _bench(url, script, seconds, ["--log", f"--log-prefix={folder}/took"])
        # A line a transaction: client, number, microseconds, ...
        took = [
            int(line.split()[2]) for file in Path(folder).iterdir() for line in file.read_text().splitlines()
        ]
    return median(took) / 1000


def _bench(url: str, script: str, seconds: int, more: list[str]) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [pgbench(), "-n", "-M", "prepared", "-T", str(seconds), *more, "-f", file.name, url]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout

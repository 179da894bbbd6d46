"""The floor: a bare asynchronous Python server doing the raw rows over HTTP. No rights, no framework, no schema.

`python -m bench.floor PORT` in two processes that share the port; the owner's address in BENCH_RAW_URL.
"""

import asyncio
import os
import sys
from typing import Any

import asyncpg
from aiohttp import web

from bench.raw import CREATED

INSERT_CASE = (
    "INSERT INTO case_row(identification,case_type,ward,status,payload)"
    " VALUES (gen_random_uuid()::text, $1, $2, 'new', $3) RETURNING id"
)
INSERT_STATUS = "INSERT INTO status_row(case_id,status,note) VALUES ($1,$2,$3)"
INSERT_AUDIT = "INSERT INTO audit_row(case_id,actor,action,before,after) VALUES ($1,'clerk',$2,$3,$4)"
SELECT = (
    "SELECT id,uuid,identification,case_type,ward,registered,started,status,payload"
    " FROM case_row ORDER BY id DESC LIMIT 100"
)
POOL = 8


async def create(request: web.Request) -> web.Response:
    """One case with its status and audit rows."""
    body = await request.json()
    async with request.app["pool"].acquire() as connection, connection.transaction():
        case = await connection.fetchval(INSERT_CASE, body["type"], body["ward"], body["payload"])
        await connection.execute(INSERT_STATUS, case, "new", "received")
        await connection.execute(INSERT_AUDIT, case, "create", None, CREATED)
    return web.json_response({"id": case}, status=201)


async def step(request: web.Request) -> web.Response:
    """One change of state with its status and audit rows."""
    case = (await request.json())["id"]
    async with request.app["pool"].acquire() as connection, connection.transaction():
        await connection.execute("UPDATE case_row SET status='in_progress' WHERE id=$1", case)
        await connection.execute(INSERT_STATUS, case, "in_progress", "taken up")
        after = '{"status":"in_progress","note":"taken up"}'
        await connection.execute(INSERT_AUDIT, case, "status", '{"status":"new"}', after)
    return web.json_response({"id": case})


async def rows(request: web.Request) -> web.Response:
    """The newest hundred."""
    async with request.app["pool"].acquire() as connection:
        found = await connection.fetch(SELECT)
    return web.json_response([{name: str(value) for name, value in row.items()} for row in found], status=200)


async def _opened(app: web.Application) -> None:
    app["pool"] = await asyncpg.create_pool(os.environ["BENCH_RAW_URL"], min_size=POOL, max_size=POOL)


def main() -> None:
    """Serve until ended."""
    app: Any = web.Application()
    app.on_startup.append(_opened)
    app.add_routes([web.post("/create", create), web.post("/step", step), web.get("/list", rows)])
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), reuse_port=True, print=None, access_log=None)


if __name__ == "__main__":
    asyncio.set_event_loop(asyncio.new_event_loop())
    main()

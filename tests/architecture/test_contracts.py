"""The contracts of pyproject.toml hold, and speak of every room."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.house import ROOT, contracts, rank, rooms


def test_the_contracts_are_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_in_the_contract_of_its_inside() -> None:
    assert sorted(contracts()["inside"]["containers"]) == sorted(room.module for room in rooms())  # type: ignore[call-overload]


def test_every_room_has_its_place_in_the_order() -> None:
    assert all(rank(room) for room in rooms())

"""The map's script on the wall: every round brings a new map, and the one before it is taken down."""

import subprocess
from pathlib import Path
from shutil import which

import pytest
from django.contrib.staticfiles.finders import find

STAGE = Path(__file__).with_name("map_rounds.cjs")


@pytest.mark.skipif(which("node") is None, reason="node is absent")
def test_one_map_and_one_observer_stay_however_many_rounds_go_by() -> None:
    script = find("cockpit/map.js")
    done = subprocess.run(["node", str(STAGE), str(script)], capture_output=True, text=True, timeout=60)
    assert done.stdout == "maps 1 observers 1\n", done.stdout + done.stderr

"""Which Django commands the rooms offer: read from their folders, so that the list never promises more."""

import ast
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from lienthong.console import environment, places
from lienthong.console.addresses import Addresses

# These write tables or reference data, which belong to the owner.
AS_OWNER = {"migrate", "makemigrations", "seed", "generate"}


@dataclass(frozen=True)
class Command:
    name: str
    about: str

    @property
    def words(self) -> list[str]:
        """As typed: `import_procedures` is `lienthong import procedures`."""
        first, _, rest = self.name.partition("_")
        return (
            [first, rest.replace("_", "-")] if first == "import" and rest else [self.name.replace("_", "-")]
        )


def found(source: Path | None = None) -> list[Command]:
    """Every management command of our rooms, by name."""
    files = (source or places.ROOT / "src" / "lienthong").glob("**/management/commands/*.py")
    names = [(file.stem, file) for file in files if not file.stem.startswith("_")]
    return [Command(name, _about(file)) for name, file in sorted(names)]


def exists(name: str) -> bool:
    return any(command.name == name for command in found())


def run(addresses: Addresses, arguments: list[str]) -> int:
    """Run one Django command to its end, as the role that it needs."""
    as_owner = bool(arguments) and arguments[0] in AS_OWNER
    line = [sys.executable, "-m", "django", *arguments]
    made = environment.of(addresses, as_owner=as_owner)
    return subprocess.run(line, env=made, cwd=places.ROOT, check=False).returncode


def _about(file: Path) -> str:
    """What it says of itself: its `help`, else the first line of its docstring."""
    text = file.read_text(encoding="utf-8")
    said = re.search(r"^    help = _?\(?[\"'](.+?)[\"']\)?$", text, re.MULTILINE)
    if said:
        return said[1]
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]

"""The house as the tests see it: its rooms, their files, their order. Read from the sources and pyproject.toml."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "lienthong"
NOT_FLOORS = ("console", "lib")


@dataclass(frozen=True)
class Room:
    """A room: `core.journal`."""

    floor: str
    name: str

    @property
    def path(self) -> Path:
        return SOURCE / self.floor / self.name

    @property
    def module(self) -> str:
        return f"lienthong.{self.floor}.{self.name}"

    def __str__(self) -> str:
        return f"{self.floor}.{self.name}"

    def files(self, *names: str) -> list[Path]:
        """The room's Python files without migrations; with names, only these files or folders."""
        found = [file for file in sorted(self.path.rglob("*.py")) if "migrations" not in file.parts]
        return [file for file in found if not names or self.part(file) in names]

    def part(self, file: Path) -> str:
        """Which of the closed list a file belongs to: `actions` for actions.py and actions/receive.py."""
        return file.relative_to(self.path).parts[0].removesuffix(".py")


@dataclass(frozen=True)
class Import:
    """One imported module, as `lienthong.core.scope.values` (for `from package import name` with the name)."""

    module: str
    line: int
    typing_only: bool
    in_function: str


@cache
def rooms() -> tuple[Room, ...]:
    return tuple(
        Room(floor.name, room.name)
        for floor in sorted(SOURCE.iterdir())
        if floor.is_dir() and floor.name not in NOT_FLOORS and not floor.name.startswith("_")
        for room in sorted(floor.iterdir())
        if room.is_dir() and not room.name.startswith("_")
    )


def room_of(module: str) -> Room | None:
    """The room in which a module lies; None outside the rooms."""
    parts = module.split(".")
    found = Room(parts[1], parts[2]) if len(parts) > 2 and parts[0] == "lienthong" else None
    return found if found in rooms() else None


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def sources() -> list[Path]:
    return [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]


def imports(file: Path) -> Iterator[Import]:
    yield from _imports(tree(file).body, typing_only=False, in_function="")


def _imports(body: list[ast.stmt], *, typing_only: bool, in_function: str) -> Iterator[Import]:
    for node in body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, typing_only, in_function)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield Import(f"{node.module}.{alias.name}", node.lineno, typing_only, in_function)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imports(node.body, typing_only=typing_only, in_function=node.name)
        else:
            typing = typing_only or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
            for inner in (getattr(node, name, []) for name in ("body", "orelse", "finalbody")):
                yield from _imports(inner, typing_only=typing, in_function=in_function)
            for handler in getattr(node, "handlers", []):
                yield from _imports(handler.body, typing_only=typing, in_function=in_function)


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def contracts() -> dict[str, dict[str, object]]:
    """The import-linter contracts of pyproject.toml, by id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract from the top down, each a list of names."""
    found = contracts()[contract]["layers"]
    assert isinstance(found, list)
    return [[name.strip(" ()") for name in str(layer).replace(":", "|").split("|")] for layer in found]


def rank(room: Room) -> tuple[int, int]:
    """Where a room stands; the lower room has the smaller rank. Rooms that share one know nothing of each other."""
    return (_height("floors", room.floor), _height(room.floor, room.name))


def _height(contract: str, name: str) -> int:
    for height, layer in enumerate(reversed(layers(contract))):
        if name in layer:
            return height
    raise LookupError(f"{name} has no place in the contract {contract}")


def none(found: Iterable[str]) -> None:
    """Assert that nothing was found, and list all that was."""
    assert not (lines := sorted(found)), "\n" + "\n".join(lines)

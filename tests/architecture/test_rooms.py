"""What a room may be made of, and what of it another room may touch."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import (
    ROOT,
    SOURCE,
    Room,
    functions,
    imports,
    named,
    none,
    room_of,
    rooms,
    sources,
)

PARTS = {
    "__init__", "access", "actions", "apps", "enums", "events", "forms", "management", "migrations", "models",
    "queries", "reactions", "rules", "seeds", "static", "templates", "templatetags", "urls", "values", "views",
}  # fmt: skip
BANNED = {"utils", "util", "helpers", "helper", "common", "base", "services", "managers", "signals", "misc"}
PUBLIC = {"access", "actions", "enums", "events", "queries", "values"}

# A file outside the closed list, and why it is there.
EXTRA_PARTS = {
    ("people.identity", "middleware"): "Django asks for it by this name; it also holds the views' marks",
    ("people.identity", "adapter"): "allauth asks for a class of its own kind",
    ("facilities.documents", "typesetting"): "the seven forms: templates and drawing, without any row",
}
# A module of another room that is not of its public surface, and why it may be used.
OPEN_MODULES = {
    "lienthong.core.scope.rules": "the SQL of the second wall, written by every room's own migration",
    "lienthong.core.lifecycle.rules": "the one question that a button and a POST ask; it reads no row",
    "lienthong.people.identity.middleware": "the marks `public` and `needs` that every view must carry",
    "lienthong.core.shell.templatetags": "the tags of every page",
    "lienthong.core.shell.forms": "the fields that forms share (a day as typed); it reads no row",
    "lienthong.core.shell.rules": "the words of every page (dates, due words); it reads no row",
    "lienthong.core.shell.views": "the one way in which a page shows a refusal",
    "lienthong.facilities.documents.typesetting": "draws a form from plain values; it reads no row",
}
# An import inside a function, and why it cannot stand at the top.
LATE_IMPORTS = {
    ("src/lienthong/core/lifecycle/apps.py", "sync"): "models can only be loaded after all applications are",
}
LONG_FUNCTIONS: dict[tuple[str, str], str] = {}


def test_a_room_has_only_the_files_of_the_closed_list() -> None:
    strange = [
        f"{room}: {path.name}"
        for room in rooms()
        for path in room.path.iterdir()
        if path.name != "__pycache__"
        and path.name.removesuffix(".py") not in PARTS
        and (str(room), path.name.removesuffix(".py")) not in EXTRA_PARTS
    ]
    none(strange)


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    strange = [
        named(path)
        for folder in (SOURCE, ROOT / "tests", ROOT / "config", ROOT / "bench", ROOT / "deploy")
        for path in folder.rglob("*")
        if path.stem in BANNED and "__pycache__" not in path.parts and path.suffix in {"", ".py"}
    ]
    none(strange)


def test_from_another_room_only_its_public_surface_is_imported() -> None:
    strange = [
        f"{named(file)}:{line} {module}"
        for room in rooms()
        for file in room.files()
        for module, line in foreign(room, file)
        if not is_public(module)
    ]
    none(strange)


def test_the_composing_floors_also_keep_to_the_public_surface() -> None:
    files = [file for file in sources() if "console" in file.parts]
    strange = [
        f"{named(file)}:{one.line} {one.module}"
        for file in files
        for one in imports(file)
        if room_of(one.module) and not one.typing_only and not is_public(one.module)
    ]
    none(strange)


def test_the_lists_of_exceptions_hold_nothing_that_is_gone() -> None:
    parts = {(str(room), room.part(path)) for room in rooms() for path in room.path.iterdir()}
    assert set(EXTRA_PARTS) <= parts
    late = {(named(file), one.in_function) for file in sources() for one in imports(file) if one.in_function}
    assert set(LATE_IMPORTS) <= late
    assert all((SOURCE.parent / module.replace(".", "/")).exists() or
               (SOURCE.parent / (module.replace(".", "/") + ".py")).exists() for module in OPEN_MODULES)  # fmt: skip


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{named(file)}:{one.line} {one.module}"
        for file in sources()
        for one in imports(file)
        if one.in_function and not one.typing_only and (named(file), one.in_function) not in LATE_IMPORTS
    ]
    none(hidden)


def test_import_module_only_loads_what_a_room_announces() -> None:
    """apps.py loads its room's events by name; anywhere else a text import would be an unseen arrow."""
    users = [
        named(file)
        for file in sources()
        if file.name != "apps.py"
        and "console" not in file.parts
        and any(one.module in {"importlib.import_module", "importlib"} for one in imports(file))
    ]
    none(users)


def test_no_function_is_longer_than_forty_lines() -> None:
    none(list(long_functions(40)))


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    every = [*sources(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "config").rglob("*.py")]
    long = [named(file) for file in every if len(file.read_text(encoding="utf-8").splitlines()) > 400]
    none(long)


def test_nothing_is_left_to_do_in_the_code() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX")
    found = [named(file) for file in sources() if any(mark in file.read_text("utf-8") for mark in marks)]
    none(found)


def foreign(room: Room, file: Path) -> Iterator[tuple[str, int]]:
    for one in imports(file):
        other = room_of(one.module)
        if other and other != room and not one.typing_only:
            yield one.module, one.line


def is_public(module: str) -> bool:
    parts = module.split(".")
    if any(module == opened or module.startswith(f"{opened}.") for opened in OPEN_MODULES):
        return True
    return len(parts) > 3 and parts[3] in PUBLIC


def long_functions(limit: int) -> Iterator[str]:
    for file in sources():
        for function in functions(file):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > limit and (named(file), function.name) not in LONG_FUNCTIONS:
                yield f"{named(file)}:{function.lineno} {function.name} ({length})"


def test_relative_length_is_measured_with_the_body() -> None:
    """The measure itself: a function of two lines has two lines."""
    function = ast.parse("def two():\n    return 2\n").body[0]
    assert (function.end_lineno or 0) - function.lineno + 1 == 2

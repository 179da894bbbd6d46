"""Rows change only in actions; an action has an actor and leaves a row in the journal, told in a sentence."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext

from lienthong.core.journal.events import all_events
from tests.architecture.house import ROOT, Room, functions, imports, named, none, rooms, sources, tree

# Rooms whose actions are the means of acting, not acts: their callers have the actor and write the journal.
MEANS = {
    "core.journal": "writes the journal itself",
    "core.lifecycle": "writes what the rooms declare in code",
    "core.registry": "keeps what the rooms declare in memory",
    "core.scope": "sets whose rows are seen",
}
# Public functions of `actions` that are no acts of a person, and why.
NO_ACTS = {
    "load_seeds": "reference data of the product, loaded by the owner",
    "acting_at": "the demonstration's clock; changes no row",
    "issue_number": "a step inside an act, which journals",
    "issue_numbers": "a step inside an act, which journals",
    "hold_series": "a lock inside an act; changes no row",
    "load_illustrative": "terms of a demonstration, loaded by the owner; refused anywhere else",
    "keep_tasks": "the tasks of a loaded catalogue; the import that calls it journals",
    "choose_post": "makes the actor of the session, and journals in its name",
    "register_alert": "told in memory when the rooms are loaded; writes no row",
    "register_message": "told in memory when the rooms are loaded; writes no row",
    "tidy": "the form in which a draft is stored; writes no row",
    "lodge_dossiers": "its actors are the client in each unit that an item addresses",
    "ready_party": "the form in which a party is admitted; writes no row",
}


# Modules of `actions` with steps that several acts share; the acts have the actor and write the journal.
STEPS = {
    "src/lienthong/facilities/casework/actions/opening.py": "rows of a case, inside its room's act",
    "src/lienthong/facilities/casework/actions/adopting.py": "cases taken over, inside the act that does it",
    "src/lienthong/facilities/casework/actions/clock.py": "ledger rows and the due date, inside an act",
    "src/lienthong/facilities/documents/actions/issue.py": "freezes a form inside the act that issues it",
    "src/lienthong/facilities/exchange/actions/linking.py": "a row beside a case, inside the act that opens it",
    "src/lienthong/facilities/exchange/actions/telling.py": "rows from an entry of the journal",
    "src/lienthong/facilities/exchange/actions/sending.py": "the sender: what came of what was journalled",
    "src/lienthong/facilities/exchange/actions/dialling.py": "one message to one receiver; writes no row",
    "src/lienthong/facilities/notifications/actions/queue.py": "a row from an entry of the journal; sending journals",
    "src/lienthong/people/identity/actions/staff_plan.py": "the usual posts of a unit; writes no row",
    "src/lienthong/work/dossiers/actions/intake.py": "what receiving and lodging share, inside their acts",
    "src/lienthong/work/dossiers/actions/matching.py": "understands a predecessor's row; writes no row",
    "src/lienthong/work/dossiers/actions/tokens.py": "the receipt's secret and its digest; writes no row",
    "src/lienthong/work/dossiers/actions/papers.py": "what the forms say; writes no row",
    "src/lienthong/work/stewardship/actions/keeping.py": "findings as kept, inside the act that proves",
    "src/lienthong/work/dossiers/actions/step.py": "key, lock, refusals and journal row of every act",
}
# What writes rows, by any name; and what does when it is said of a queryset.
WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITING_SETS = {"update", "delete"}
QUERYSETS = {"objects", "filter", "exclude", "all", "select_for_update"}
# The text of a statement: keywords and a table's name (lower case, with its room's), wherever in the text.
WRITING_SQL = re.compile(
    r"\b(?i:insert\s+into|delete\s+from)\s+(\w+_\w+|$)|\b(?i:update)\s+\w+_\w+(\s+\w+)?\s+(?i:set)\b"
)
# Modules beside `actions` with a statement that writes, and why.
SQL_ELSEWHERE = {
    "src/lienthong/work/dossiers/access.py": "takes the command's key and locks the rows of one step in one statement",
}
# Modules of `actions` whose every act is one act of a room below, which journals it.
BELOW = {
    "src/lienthong/people/identity/actions/seats.py": "the rows and their journal are people/organisation's",
}


def actions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """What other rooms may call: all of actions.py; of a folder what its __init__ hands out, if it does."""
    for room in rooms():
        if str(room) in MEANS:
            continue
        offered = handed_out(room)
        for file in room.files("actions"):
            for node in tree(file).body:
                if (
                    isinstance(node, ast.FunctionDef)
                    and node.name[0] != "_"
                    and node.name not in NO_ACTS
                    and named(file) not in STEPS
                    and (not offered or node.name in offered)
                ):
                    yield file, node


def handed_out(room: Room) -> set[str]:
    file = room.path / "actions" / "__init__.py"
    return {one.module.rpartition(".")[2] for one in imports(file)} if file.exists() else set()


def test_the_lists_of_exceptions_hold_nothing_that_is_gone() -> None:
    none(place for place in (*STEPS, *BELOW) if not (ROOT / place).exists())
    names = {
        function.name for room in rooms() for file in room.files("actions") for function in functions(file)
    }
    none(set(NO_ACTS) - names)


def test_an_action_takes_its_actor_by_name() -> None:
    wrong = [
        f"{named(file)}:{action.lineno} {action.name}"
        for file, action in actions()
        if "actor" not in [argument.arg for argument in action.args.kwonlyargs]
    ]
    none(wrong)


def test_a_module_of_actions_writes_the_journal() -> None:
    """Directly, or through another module of its own room's actions (one act's shared step)."""
    wrong = []
    for file in {file for file, _ in actions()}:
        room = next(room for room in rooms() if room.path in file.parents)
        used = {one.module for one in imports(file)}
        steps = f"{room.module}.actions"
        journals = "lienthong.core.journal.actions.record" in used or named(file) in BELOW
        if not journals and not any(module.startswith(steps) for module in used):
            wrong.append(named(file))
    none(sorted(wrong))


def test_an_action_says_in_its_docstring_what_it_does() -> None:
    wrong = [f"{named(file)} {action.name}" for file, action in actions() if not ast.get_docstring(action)]
    none(wrong)


def recorded() -> Iterator[tuple[str, str]]:
    """Every verb that is written as a literal in record(...) or end(...), with its place."""
    for file in sources():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and _called(node) in {"record", "end"} and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value:
                    yield first.value, f"{named(file)}:{node.lineno}"


def test_every_recorded_verb_is_registered() -> None:
    known = {event.name for event in all_events()}
    none([f"{verb} ({place})" for verb, place in recorded() if verb not in known])


def test_every_event_is_named_room_dot_past_and_has_a_sentence() -> None:
    events = [event for event in all_events() if not event.name.startswith("test.")]
    assert len(events) > 5
    none([event.name for event in events if not re.fullmatch(r"[a-z_]+\.[a-z_]+", event.name)])
    none([event.name for event in events if not gettext(str(event.sentence)).strip()])


def test_the_placeholders_of_a_sentence_are_plain_names() -> None:
    strange = [
        f"{event.name}: {field}"
        for event in all_events()
        for _, field, spec, conversion in string.Formatter().parse(str(event.sentence))
        if field is not None and (not field.isidentifier() or spec or conversion)
    ]
    none(strange)


def test_only_actions_and_the_floor_below_them_write_rows() -> None:
    """A view, a form, a query or a rule that writes would be an act without an actor."""
    none(
        f"{named(file)}:{place}"
        for room in rooms()
        for file in room.files("views", "forms", "queries", "access", "rules")
        for place in writes(tree(file))
        if not (place.endswith(" SQL") and named(file) in SQL_ELSEWHERE)
    )


def test_the_statements_that_write_outside_actions_are_still_there() -> None:
    gone = [place for place in SQL_ELSEWHERE if not any(writes(tree(ROOT / place)))]
    none(gone)


def test_a_row_that_is_written_is_noticed_however_it_is_said() -> None:
    said = """
Case.objects.create(state="x")
Case.objects.filter(pk=1).update(state="x")
case.clock.exclude(pk=1).update(note="")
cursor.execute("update casework_case c set state = 'x'")
ask(f"WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT 1")
"INSERT INTO scope_mark VALUES (1)"
"""
    assert [int(place.split()[0]) for place in writes(ast.parse(said))] == [2, 3, 4, 5, 6, 7]
    assert not list(
        writes(
            ast.parse("""told.update(a=1)\n"Update the list; FOR UPDATE SKIP LOCKED; delete from here" """)
        )
    )


def writes(module: ast.Module) -> Iterator[str]:
    """Line and word of what writes rows: a method of the ORM, or the text of a statement."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func):
            found.append((node.lineno, node.func.attr))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITING_SQL.search(node.value):
            found.append((node.lineno, "SQL"))
    yield from (f"{line} {word}" for line, word in sorted(found))


def _writes(called: ast.Attribute) -> bool:
    """`update` and `delete` are words of other things too: there it must be said of a queryset."""
    of_rows = {node.attr for node in ast.walk(called.value) if isinstance(node, ast.Attribute)} & QUERYSETS
    return called.attr in WRITING or (called.attr in WRITING_SETS and bool(of_rows))


def test_lists_are_pages_by_key_and_nothing_is_counted() -> None:
    """A count reads every row behind a list; figures come from roll-ups or from a bounded look."""
    wrong = [
        f"{named(file)}:{node.lineno}"
        for room in rooms()
        for file in room.files("views", "forms", "access")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "count"
        and not node.args
    ]
    paginators = [
        named(file)
        for file in sources()
        for one in imports(file)
        if one.module.startswith("django.core.paginator")
    ]
    none(wrong + paginators)


def test_views_are_short() -> None:
    wrong = [
        f"{named(file)}:{view.lineno} {view.name}"
        for room in rooms()
        for file in room.files("views")
        for view in functions(file)
        if (view.end_lineno or view.lineno) - view.lineno + 1 > 25
    ]
    none(wrong)


def test_no_custom_signal_is_heard_or_sent() -> None:
    """Django's own post_migrate, at the end of `migrate`, is the only one: it is the owner's, not an act's."""
    strange = [
        f"{named(file)}:{one.line} {one.module}"
        for file in sources()
        for one in imports(file)
        if "signals" in one.module.split(".") or one.module.startswith("django.dispatch")
        if one.module != "django.db.models.signals.post_migrate"
    ]
    none(strange)


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""

"""Keeping the catalogue: seeds, the national portal's export, and what an office sets itself."""

from lienthong.mandate.procedures.actions.import_procedures import import_procedures
from lienthong.mandate.procedures.actions.load_seeds import load_seeds
from lienthong.mandate.procedures.actions.set_local_term import load_illustrative, set_local_term

__all__ = ["import_procedures", "load_illustrative", "load_seeds", "set_local_term"]

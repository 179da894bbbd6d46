"""What the journal refuses to hold."""

from collections.abc import Mapping
from typing import Any

# Words that speak of a person. The journal's rows are never erased, so personal data goes to the particulars.
PERSONAL = frozenset(
    {
        "address",
        "applicant",
        "applicant_name",
        "born_on",
        "email",
        "full_name",
        "identity",
        "identity_number",
        "name",
        "paper_number",
        "person_name",
        "phone",
        "returned_to",
        "subject_name",
    }
)


def personal_keys(data: Mapping[str, Any]) -> set[str]:
    """The keys of an entry's data, at any depth, under which personal data would stand."""
    found = {key for key in data if key in PERSONAL}
    for value in data.values():
        for part in value if isinstance(value, list | tuple) else [value]:
            if isinstance(part, Mapping):
                found |= personal_keys(part)
    return found

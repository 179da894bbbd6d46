"""What changes in this room, by verb."""

from lienthong.people.organisation.actions.appointments import (
    appoint,
    appoint_all,
    end_appointment,
    record_absence,
)
from lienthong.people.organisation.actions.bodies import found_bodies, set_agency_code
from lienthong.people.organisation.actions.groups import add_residential_group
from lienthong.people.organisation.actions.load_seeds import load_seeds
from lienthong.people.organisation.actions.posts import create_post, create_posts, register_persons

__all__ = [
    "add_residential_group",
    "appoint",
    "appoint_all",
    "create_post",
    "create_posts",
    "end_appointment",
    "found_bodies",
    "load_seeds",
    "record_absence",
    "register_persons",
    "set_agency_code",
]

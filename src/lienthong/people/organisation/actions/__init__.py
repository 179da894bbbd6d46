"""What changes in this room, by verb."""

from lienthong.people.organisation.actions.appointments import (
    appoint,
    appoint_all,
    end_absence,
    end_appointment,
    end_inherited,
    note_decision,
    record_absence,
)
from lienthong.people.organisation.actions.bodies import found_bodies, set_agency_code
from lienthong.people.organisation.actions.details import set_officer_details
from lienthong.people.organisation.actions.groups import add_residential_group
from lienthong.people.organisation.actions.load_seeds import load_seeds
from lienthong.people.organisation.actions.posts import (
    change_post,
    close_post,
    create_post,
    create_posts,
    register_persons,
)

__all__ = [
    "add_residential_group",
    "appoint",
    "appoint_all",
    "change_post",
    "close_post",
    "create_post",
    "create_posts",
    "end_absence",
    "end_appointment",
    "end_inherited",
    "found_bodies",
    "load_seeds",
    "note_decision",
    "record_absence",
    "register_persons",
    "set_agency_code",
    "set_officer_details",
]

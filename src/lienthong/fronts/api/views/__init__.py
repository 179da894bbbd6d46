"""Addresses of the API: a gate before all of them, and a file for each kind of thing that is asked."""

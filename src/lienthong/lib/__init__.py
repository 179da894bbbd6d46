"""Pure Python, no Django: the ground floor. Nothing here reads a clock, a setting or a database."""

"""The shape of what comes in and goes out: unknown fields are refused, nothing is decided here."""

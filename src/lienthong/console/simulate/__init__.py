"""Load: a whole city's days driven through the real actions, on a database marked as a demonstration."""

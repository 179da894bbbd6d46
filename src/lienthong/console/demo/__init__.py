"""The demonstration: a whole city at work, filled through the real actions, every person visibly fictitious."""

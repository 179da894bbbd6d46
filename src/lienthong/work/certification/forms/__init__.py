"""Shapes of what is typed at certification's pages; whether it may be is the actions' question."""

"""Shape only: what an officer types into the register. What it must be is said by rules and actions."""

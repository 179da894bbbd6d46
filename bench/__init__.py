"""What is measured, against what: the raw limit of the same PostgreSQL in the same run."""

"""Size: rows written by COPY that stand as if the acts had been done; a database of a demonstration only."""

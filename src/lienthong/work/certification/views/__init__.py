"""Pages of certification: the counter, a case, the signing queue, the books."""

"""What pages and the proof read of the steward's own tables, of the register and of the cases."""

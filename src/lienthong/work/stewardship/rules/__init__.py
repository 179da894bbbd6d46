"""What the steward decides without reading a row."""

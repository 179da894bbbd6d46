"""What the pages of administration share, split by what they administer."""

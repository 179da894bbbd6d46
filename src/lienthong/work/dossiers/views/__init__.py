"""The pages of dossiers, by verb."""

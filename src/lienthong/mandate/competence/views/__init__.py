"""The register's pages, split by what they are about."""

"""Loaded by Alembic only to find the versions; `schema.migrate` runs them."""

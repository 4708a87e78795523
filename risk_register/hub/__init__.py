"""The shared PostgreSQL that the copies of a register synchronise with."""

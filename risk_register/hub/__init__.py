"""The hub: the PostgreSQL database through which colleagues share a register."""

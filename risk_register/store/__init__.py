"""The opened register file: rows and journal in one transaction."""

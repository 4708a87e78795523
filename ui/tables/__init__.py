"""One table of records, whatever their kind: columns are data."""

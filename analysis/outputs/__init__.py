"""Everything that leaves the house, from the same table values: tidy files, web tables, charts and the report."""

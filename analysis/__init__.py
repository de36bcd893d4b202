"""What the answers mean: extracts, tables, outputs and builds."""

"""What is deposited of a release: its records without what names a board, and how every released number follows."""

"""What staff do for one board: see how its return stands, and help it to be answered."""

"""Where a person is signed in: each session knows whose it is, since when, when it was used, and by what browser."""

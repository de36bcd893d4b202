"""The people who work for the survey: who they are, what they may do, and whether they may come in."""

"""What is kept for the day the database is lost: sealed copies, and the proof that they can be read again."""

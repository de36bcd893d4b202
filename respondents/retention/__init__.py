"""What is no longer needed is forgotten: how long each kind is kept, and the job that keeps to it."""

"""One board's answers beside what a release tells of all boards and of its groups. Pure."""

"""Statistics and tables as values: no framework, no clock, no file that was not handed in."""

"""The demonstration: the survey of 2012 with invented answers, people of every kind, and a page that shows the mail."""

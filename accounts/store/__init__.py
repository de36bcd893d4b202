"""The database as those see it who look after it: who owns it, who may do what, and what happens when it is busy."""

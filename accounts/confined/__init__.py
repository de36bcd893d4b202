"""Work on what others wrote, done in a process of its own: bounded, without a network, without programs."""

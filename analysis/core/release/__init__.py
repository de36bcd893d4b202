"""What may leave: every table of a plan with its breakdowns, decided together with what was released before."""

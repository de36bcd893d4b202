"""Forms of the register: what is looked for, and what is corrected."""

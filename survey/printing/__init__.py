"""Documents as tagged PDF: our fonts and styles, a wall around them, and tables tied to their heads."""

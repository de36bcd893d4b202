"""Who did not answer, and what that means for every finding: the page that comes before them."""

"""What the pages about typed answers say."""

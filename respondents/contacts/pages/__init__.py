"""What the pages of the contacts say."""

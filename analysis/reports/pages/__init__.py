"""What the pages of this room show, in ready words."""

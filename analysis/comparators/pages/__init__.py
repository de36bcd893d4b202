"""What the pages on other surveys say."""

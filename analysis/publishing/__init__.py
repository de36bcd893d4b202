"""What is published: announced, checked, signed off, out at its moment, corrected; its pages, feed and API."""

"""What everybody may see: publications that are out, the calendar, the feed; nothing before its moment."""

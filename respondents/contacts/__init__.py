"""What the survey team sends to boards, hears from them and makes of it: templates, reminders, log and outcome."""

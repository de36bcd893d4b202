"""What a respondent takes away: the questionnaire, their own answers, what changed, and what is held about them."""

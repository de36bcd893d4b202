"""Two waves of one questionnaire: the boards that answered both, item by item."""

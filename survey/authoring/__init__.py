"""Questionnaires as their authors meet them: imported, checked, compared, published."""

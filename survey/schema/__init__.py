"""The questionnaire language: from a researcher's YAML document to what is asked, answered and missing (pure)."""

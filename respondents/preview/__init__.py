"""A questionnaire as a chair would see it, drawn by the portal's own forms and templates, with no return behind it."""

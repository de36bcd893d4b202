"""The second step of the staff's sign-in: digits from an authenticator app, or a recovery code."""

"""What may leave the team: decided by the rules, chosen with reasons, checked by a second person, then released."""

"""Sign-in of staff through their department's own OpenID Connect provider."""

"""What is looked at before a release: bill of materials, known vulnerabilities, freshness, licences, secrets."""

"""Own history: a prefecture's published nights, through another ruleset."""

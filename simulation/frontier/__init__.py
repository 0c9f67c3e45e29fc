"""The frontier: what each parameter of the ruleset buys, and what it costs."""

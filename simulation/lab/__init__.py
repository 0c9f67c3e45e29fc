"""The lab: a page where a policymaker moves a few numbers and compares rules."""

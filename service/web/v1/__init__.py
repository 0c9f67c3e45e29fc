"""JSON, one file per public resource."""

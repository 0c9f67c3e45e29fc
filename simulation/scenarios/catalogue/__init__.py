"""The catalogue: sixteen episodes and the extras, as TOML files."""

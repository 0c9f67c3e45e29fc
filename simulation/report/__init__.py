"""One page that stands alone: figures, tables, assumptions, limits, command."""

"""The web without a database: shapes, refusals, headers, forms."""

"""Server-rendered pages, same use cases, no JavaScript needed."""

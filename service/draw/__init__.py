"""The public draw, version 1: imports the standard library and service.domain."""

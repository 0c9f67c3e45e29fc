"""Signed papers: given out, and checked by whoever is shown one."""

"""One file for everybody, to be read and run alone: imports nothing of ours."""

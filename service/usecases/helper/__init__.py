"""What organisations do for people who asked them to, and how they are watched."""

"""Text messages: how they are worded, and who carries them."""

"""What a run did to people, to places and to the market."""

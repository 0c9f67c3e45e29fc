"""``python -m simulation``: the laboratory on the command line."""

from simulation.cli import main

if __name__ == "__main__":
    main()

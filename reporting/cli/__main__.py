"""`python -m reporting.cli` is `reporting`: how the server starts its side process with the same interpreter."""

from reporting.cli import main

if __name__ == "__main__":
    main()

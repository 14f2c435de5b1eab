"""The checks behind `make test`."""

"""Takes the arguments of `python -m caveat.cli`; gives what `caveat` gives."""

from caveat.cli.main import entry

entry()

"""The `caveat` command: one file a subcommand, listed in `commands`.

Takes arguments and gives an exit status; here alone the library talks to people, to the clock and
to the network.
"""

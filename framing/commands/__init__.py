"""Subcommands that :mod:`framing.cli` only names: each module declares arguments and runs."""

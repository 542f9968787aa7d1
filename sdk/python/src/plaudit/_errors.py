"""What goes wrong in a rule, said so that its author knows the next step."""

from __future__ import annotations


class RuleError(Exception):
    """A rule asked for something that it can't have; the message says what it is, and what to do instead."""


class Impure(RuleError):
    """A rule looked at something that it was not handed: a clock, randomness, a file, the network."""

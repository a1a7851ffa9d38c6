# SPDX-License-Identifier: MIT
"""What stands between a construct of procmail and Sieve."""


class Untranslatable(Exception):
    """There is no equivalent, or none that can be found from here. The text says why, for a person."""

"""What the council itself says of the scheme."""

from typing import Final

COUNCIL_PAGE: Final = "lbbd.gov.uk/safe-havens/safe-haven-scheme"
"""The council's own page about the scheme."""

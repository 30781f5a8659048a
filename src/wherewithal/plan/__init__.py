"""Plan: what could be done, at what cost and with which staff, and the paper that asks for a decision."""

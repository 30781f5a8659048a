"""Review: what came of it, and whether to continue, adapt or stop."""

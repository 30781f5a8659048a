"""Do: who delivers it, from when, and what is measured before it starts."""

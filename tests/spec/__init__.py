"""Behaviour that must hold on more than one engine: stated once, run on each."""

"""Analyse: what research, local data and people say."""

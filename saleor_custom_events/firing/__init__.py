"""Firing: from one frozen value to committed rows."""

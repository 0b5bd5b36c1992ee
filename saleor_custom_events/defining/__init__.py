"""Making, changing and finding what merchants define: events, scenarios, keys."""

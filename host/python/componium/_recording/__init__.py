"""Recordings of calls: written while an application runs, replayed against another plugin."""

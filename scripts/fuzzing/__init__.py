"""Feeds the reader damaged and hostile inputs, and keeps those that bring it down.

seeds ─ mutations ─▶ one input, from format, seed and number ─ judge ─▶ a fault, or nothing
watch runs a judge in a process of its own and survives what it does; shrink makes a find small
"""

"""Invented websites of 云岭县 that the tests serve on the loopback address, one for each system or trap."""

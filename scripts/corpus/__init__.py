"""Reports with a known truth: drawn from a seed, rendered in many layouts, expected answers beside them.

Nothing in here looks at the reader under test. The labels, the equations and the solver
for glued digits are written a second time on purpose, so that a mistake in the product
cannot hide behind the same mistake in its test.
"""

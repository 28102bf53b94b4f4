"""The agenda: what falls due in a large portfolio, kept ready and renewed for each contract whose facts changed.

Computing the deadlines of ten thousand contracts takes many seconds, reading what was computed takes less than one.
`keeping.upcoming` gives the same events as `portfolio.deadlines.deadlines`, without their steps, which are computed
again for the contract that somebody looks at.
"""

"""Measures the readers against labelled contracts: portfolios, loaders, metrics, reports."""

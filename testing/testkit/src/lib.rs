//! Fake clock, seeded randomness, builders, simulated network, conformance suites.

//! Every port in memory: the conformance baseline.

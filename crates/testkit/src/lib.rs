//! Conformance suites for every port, disposable services and fixtures.

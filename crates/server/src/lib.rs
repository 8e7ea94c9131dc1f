//! Spotter's composition root.

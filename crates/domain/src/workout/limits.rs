//! How much one aggregate holds: enough for anybody, and a bound for everything that reads it whole.

/// The most exercises of one workout session or template. The same exercise can come again.
pub const MOST_BLOCKS: usize = 100;

/// The most sets of one workout session or template.
pub const MOST_SETS: usize = 1_000;

/// The most exercises that a person can make.
pub const MOST_CUSTOM_EXERCISES: usize = 2_000;

/// The most templates that a person can keep.
pub const MOST_TEMPLATES: usize = 500;

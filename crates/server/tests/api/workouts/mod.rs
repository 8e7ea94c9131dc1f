//! Workouts: what people lift, and what follows from it.

mod incremental;

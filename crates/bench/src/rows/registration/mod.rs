//! What the rows of registrations share: the scene, the crowd with its load, the yardstick, the checks.

mod check;
mod ids;
mod load;
mod on_postgres;
mod scene;
mod yardstick;

use super::Scale;

pub(super) use check::{everything, told_twice};
pub(super) use ids::Ids;
pub(super) use load::{Crowd, Load};
pub(super) use on_postgres::{figures, measure, told};
pub(super) use scene::{CLUB, Scene};

/// How many connections everybody comes over: in a hurry fewer, since a PostgreSQL takes a second for so many.
pub(super) fn connections(scale: Scale) -> usize {
    scale.either(64, 256)
}

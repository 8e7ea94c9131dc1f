//! What is derived from workouts: records, summaries, trends, the dashboard.

mod arithmetic;
mod day;
mod queries;
mod record;
mod repository;
mod summary;

pub use arithmetic::{Arithmetic, BlockFigures, DerivedSession, Totals, estimate};
pub use day::{Day, Period, streak_weeks};
pub use queries::{DashboardFigures, ExerciseFigures, ProgressQueries, ShownRecord, WeekFigures, Window};
pub use record::{BrokenRecord, NO_WEIGHT, Record, RecordKey, RecordKind, Records};
pub use repository::ProgressRepository;
pub use summary::Summary;

//! The registration desk: what many want of the same classes at the same time is decided in batches

mod arrivals;
mod conflicts;
mod equivalence;
mod full;
mod keys;
mod leavers;
mod poison;
mod rights;
mod statements;
mod stopping;

/// Runs tests on every store.
macro_rules! on_each {
    ($($test:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test] async fn $test() { super::$test(crate::support::app::Over::Memory).await; })+
        }
        mod sqlite {
            $(#[tokio::test] async fn $test() { super::$test(crate::support::app::Over::Sqlite).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $test() { super::$test(crate::support::app::Over::Postgres).await; })+
        }
    };
}

use on_each;

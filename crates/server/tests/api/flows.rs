//! The main ways through the interface, each on SQLite and on PostgreSQL

mod at_once;
mod classes;
mod sign_ins;

/// Runs tests on both databases.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::sqlite().await).await; })+
        }
        mod postgres {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::postgres().await).await; })+
        }
    };
}

use on_both;

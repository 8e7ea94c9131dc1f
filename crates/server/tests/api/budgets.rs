//! How many statements requests take: few, and no more where there are many rows

mod history;
mod logging;
mod reading;
mod stage;
mod writing;

/// Runs tests on both databases.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::sqlite().await, TestApp::sqlite().await).await; })+
        }
        mod postgres {
            use crate::support::TestApp;
            $(#[tokio::test] async fn $test() { super::$test(TestApp::postgres().await, TestApp::postgres().await).await; })+
        }
    };
}

use on_both;

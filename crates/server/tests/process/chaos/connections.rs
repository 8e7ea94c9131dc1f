//! Ending the connections of the nodes to their database.

use std::cell::Cell;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::support::{rows, until};

/// How long it may take to look so often.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often is looked for somebody who commits: what is refused commits nothing, and there may be nothing else left.
const LOOKS: usize = 100;

/// Ends about so many in a hundred of them, in the midst of whatever they do.
pub(crate) async fn end_some(database_url: &str, percent: u8, choice: u64) {
    let database = rows::connect(database_url).await;
    let mut chance = fastrand::Rng::with_seed(choice);
    let mut open = those(&database, "true").await;
    assert!(!open.is_empty(), "nobody is connected");
    open.retain(|_| chance.u8(0..100) < percent);
    end(&database, &open).await;
    database.close().await.unwrap();
}

/// Ends those whose transactions are committed and not acknowledged yet: whoever waits for that can't know it.
///
/// A transaction is in that state while it waits for a standby server to confirm it, here for one that there is not.
pub(crate) async fn end_in_commit(database_url: &str) {
    let database = rows::connect(database_url).await;
    let set = async |what: &str| {
        database.execute_unprepared(what).await.unwrap();
        rows::all(&database, "SELECT pg_reload_conf()").await;
    };
    set("ALTER SYSTEM SET synchronous_standby_names = 'nobody'").await;
    let looks = Cell::new(0);
    let committed = until("somebody was looked for", PATIENCE, async || {
        looks.update(|looks| looks + 1);
        let pids = those(&database, "wait_event = 'SyncRep'").await;
        Some(pids).filter(|pids| !pids.is_empty() || looks.get() == LOOKS)
    });
    end(&database, &committed.await).await;
    set("ALTER SYSTEM RESET synchronous_standby_names").await;
    database.close().await.unwrap();
}

/// The processes that serve the nodes' connections of which that is true.
async fn those(database: &DatabaseConnection, condition: &str) -> Vec<i32> {
    let sql = format!(
        "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'spotter-%' \
         AND {condition} ORDER BY pid"
    );
    rows::all(database, &sql).await.iter().map(|row| rows::get(row, "pid")).collect()
}

async fn end(database: &DatabaseConnection, pids: &[i32]) {
    let ended = format!("SELECT pg_terminate_backend(pid) FROM unnest(ARRAY{pids:?}::int[]) pid");
    rows::all(database, &ended).await;
}

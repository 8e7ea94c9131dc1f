//! Watching the class all the time: at no instant may it be oversold (rule R1).

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::fleet::{Addresses, Fleet};
use crate::support::club::number;
use crate::support::{Api, Class, rows, wait};

/// How often is looked.
const TICK: Duration = Duration::from_millis(10);

/// What was seen.
#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "printed")]
pub(crate) struct Seen {
    from: &'static str,
    pub(crate) times: usize,
    most_confirmed: i64,
}

/// Watches through every node, and on PostgreSQL the database too: there a look is no other writer's burden,
/// while on SQLite it would keep the files of a node open that has died.
pub(crate) async fn observe(fleet: &Fleet, class: &Class, calm: &CancellationToken) -> Vec<JoinHandle<Seen>> {
    let mut observers = vec![tokio::spawn(over_http(fleet.addresses(), class.clone(), calm.clone()))];
    if fleet.database_url.starts_with("postgres") {
        let database = rows::connect(&fleet.database_url).await;
        observers.push(tokio::spawn(in_database(database, class.clone(), calm.clone())));
    }
    observers
}

async fn over_http(addresses: Addresses, class: Class, calm: CancellationToken) -> Seen {
    let api = Api::new();
    let mut seen = Seen { from: "http", times: 0, most_confirmed: 0 };
    let mut tick = wait::ticks(TICK);
    for turn in 0.. {
        tick.tick().await;
        if calm.is_cancelled() {
            break;
        }
        let Ok(answer) = api.send(addresses.of(turn), &class.look()).await else { continue };
        if answer.status == 503 {
            continue;
        }
        let event = answer.expect(200);
        let (capacity, confirmed) = (number(&event, "capacity"), number(&event, "confirmed"));
        assert!(confirmed <= capacity, "rule R1: {event:#}");
        assert_eq!(number(&event, "spots_left"), capacity - confirmed);
        seen.times += 1;
        seen.most_confirmed = seen.most_confirmed.max(confirmed);
    }
    seen
}

async fn in_database(database: sea_orm::DatabaseConnection, class: Class, calm: CancellationToken) -> Seen {
    let sql = format!(
        "SELECT e.capacity, e.confirmed, e.waitlisted, \
         COALESCE(SUM(r.party_size) FILTER (WHERE r.status = 'confirmed'), 0)::int AS seated, \
         COALESCE(SUM(r.party_size) FILTER (WHERE r.status = 'waitlisted'), 0)::int AS waiting \
         FROM events e LEFT JOIN registrations r ON r.club_id = e.club_id AND r.event_id = e.id \
         WHERE e.id = '{}' GROUP BY e.capacity, e.confirmed, e.waitlisted",
        class.id
    );
    let mut seen = Seen { from: "database", times: 0, most_confirmed: 0 };
    let mut tick = wait::ticks(TICK);
    while !calm.is_cancelled() {
        tick.tick().await;
        let row = &rows::all(&database, &sql).await[0];
        let column = |name| rows::get::<i32>(row, name);
        assert!(column("seated") <= column("capacity"), "rule R1: {row:?}");
        assert_eq!(column("seated"), column("confirmed"), "{row:?}");
        assert_eq!(column("waiting"), column("waitlisted"), "{row:?}");
        seen.times += 1;
        seen.most_confirmed = seen.most_confirmed.max(column("seated").into());
    }
    database.close().await.unwrap();
    seen
}

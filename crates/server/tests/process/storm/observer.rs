//! Watching the class all the time: at no instant may it be oversold (rule R1), and at none may seats be free
//! that somebody who waits is to have (rule R4).

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::Parties;
use super::fleet::{Addresses, Fleet};
use crate::support::club::number;
use crate::support::{Api, Class, rows, wait};

/// How often is looked.
const TICK: Duration = Duration::from_millis(10);

/// One instant of the only event: its counters, its registrations counted, and how many of them are entitled
/// to the free seats: they fit, and nobody before them has the seats held.
const SNAPSHOT: &str = "
    WITH queue AS (
        SELECT r.queue_number, r.party_size, r.party_size <= e.capacity - e.confirmed AS fits,
               r.passes >= c.pass_limit AND r.party_size <= e.capacity AS holds
        FROM registrations r
        JOIN events e ON e.club_id = r.club_id AND e.id = r.event_id
        JOIN clubs c ON c.id = e.club_id
        WHERE r.status = 'waitlisted'
    )
    SELECT e.capacity, e.confirmed, e.waitlisted,
        (SELECT COALESCE(SUM(party_size), 0) FROM registrations WHERE status = 'confirmed')::int AS seated,
        (SELECT COALESCE(SUM(party_size), 0) FROM queue)::int AS waiting,
        (SELECT COUNT(*) FROM queue q WHERE q.fits AND NOT EXISTS (
            SELECT FROM queue h WHERE h.holds AND NOT h.fits AND h.queue_number < q.queue_number
        ))::int AS entitled
    FROM events e";

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
pub(crate) async fn observe(
    fleet: &Fleet,
    class: &Class,
    parties: Parties,
    calm: &CancellationToken,
) -> Vec<JoinHandle<Seen>> {
    let mut observers =
        vec![tokio::spawn(over_http(fleet.addresses(), class.clone(), parties, calm.clone()))];
    if fleet.database_url.starts_with("postgres") {
        let database = rows::connect(&fleet.database_url).await;
        observers.push(tokio::spawn(in_database(database, calm.clone())));
    }
    observers
}

async fn over_http(addresses: Addresses, class: Class, parties: Parties, calm: CancellationToken) -> Seen {
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
        if parties == Parties::OfOne && number(&event, "waitlisted") > 0 {
            assert_eq!(confirmed, capacity, "rule R4: {event:#}");
        }
        seen.times += 1;
        seen.most_confirmed = seen.most_confirmed.max(confirmed);
    }
    seen
}

async fn in_database(database: sea_orm::DatabaseConnection, calm: CancellationToken) -> Seen {
    let mut seen = Seen { from: "database", times: 0, most_confirmed: 0 };
    let mut tick = wait::ticks(TICK);
    while !calm.is_cancelled() {
        tick.tick().await;
        let row = &rows::all(&database, SNAPSHOT).await[0];
        let column = |name| rows::get::<i32>(row, name);
        let columns = ["capacity", "confirmed", "seated", "waitlisted", "waiting", "entitled"];
        let [capacity, confirmed, seated, waitlisted, waiting, entitled] = columns.map(column);
        assert!(seated <= capacity, "rule R1: {seated} seats of {capacity}");
        assert_eq!((seated, waiting), (confirmed, waitlisted), "the counters are wrong");
        assert_eq!(entitled, 0, "rule R4: {entitled} wait while {} seats are free", capacity - confirmed);
        seen.times += 1;
        seen.most_confirmed = seen.most_confirmed.max(seated.into());
    }
    database.close().await.unwrap();
    seen
}

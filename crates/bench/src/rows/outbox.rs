//! `outbox`: draining announcements to a handler that does nothing, beside inserting the same rows.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use async_trait::async_trait;
use spotter_application::outbox::{Handler, NotHandled, Relay, RelaySettings};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, ClubId, EventId, MessageId, RegistrationId};
use spotter_domain::outbox::{OutboxMessage, OutboxQueue};
use spotter_domain::waitlist::QueueNumber;
use spotter_domain::{Clock, IdGenerator, Store};
use spotter_server::clock::{SystemClock, UuidV7Generator};
use spotter_server::settings::Settings;
use spotter_server::wiring::open_database;
use tokio::sync::Mutex;

use super::{Findings, Scale};
use crate::report::{Line, Row, Series};
use crate::stage::{Cluster, Database};

/// So many a second.
const GOAL: f64 = 20_000.0;

/// So many of them are inserted by one statement, in a transaction of its own.
const BATCH: usize = 1_000;

/// What is announced is about so many events.
const EVENTS: usize = 1_000;

/// Does nothing but remember what it was told.
#[derive(Default)]
struct NoOp(Mutex<Vec<MessageId>>);

#[async_trait]
impl Handler for NoOp {
    fn name(&self) -> &'static str {
        "no-op"
    }

    fn wants(&self, _: &DomainEvent) -> bool {
        true
    }

    async fn handle(&self, message: &OutboxMessage) -> Result<(), NotHandled> {
        self.0.lock().await.push(message.id);
        Ok(())
    }
}

pub(super) async fn run(_: &Path, scale: Scale) -> anyhow::Result<Row> {
    let messages = scale.either(20_000, 200_000);
    let cluster = Cluster::start().await?;
    let database = Database::prepare(cluster.create("spotter").await?).await?;
    let mut settings = Settings::default();
    settings.database.url = database.url().into();
    let store = open_database(&settings).await?;
    let (mut drained, mut inserted, mut findings) = (Vec::new(), Vec::new(), Findings::default());
    // The first round is not counted: it pays for what comes after it, too.
    for round in 0..=scale.either(1, 5) {
        let announced = announcements(messages);
        database.execute("TRUNCATE outbox").await?;
        database.execute("CHECKPOINT").await?;
        let began = Instant::now();
        for batch in announced.chunks(BATCH) {
            let mut work = store.begin().await?;
            work.outbox().append(batch).await?;
            work.commit().await?;
        }
        let inserting = began.elapsed().as_secs_f64();

        let told = Arc::new(NoOp::default());
        let relay = relay(Arc::new(store.clone()), Arc::clone(&told));
        let began = Instant::now();
        while !relay.turn().await?.is_idle() {}
        let draining = began.elapsed().as_secs_f64();
        check(&mut findings, &database, &announced, &told.0.lock().await).await?;
        if round > 0 {
            #[expect(clippy::cast_precision_loss, reason = "nobody announces that much")]
            let messages = messages as f64;
            drained.push(messages / draining);
            inserted.push(messages / inserting);
        }
    }
    store.close().await;
    let drained = Series::new("drained", "/s", drained);
    let line = Line::new(format!("{messages} messages"), drained, Series::new("inserted", "/s", inserted))
        .goal("at least 20,000 a second", |line| line.work.spread.median >= GOAL);
    let notes = vec![
        format!("{}; one relay with its default settings.", cluster.version()),
        format!("Inserted by {BATCH} in a statement and a transaction, from the same program."),
    ];
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "outbox", busy_before_percent: None, lines: vec![line], notes, checked, wrong })
}

fn relay(queue: Arc<dyn OutboxQueue>, told: Arc<NoOp>) -> Relay {
    let settings = RelaySettings::default();
    Relay::new(queue, Arc::new(SystemClock), Arc::new(UuidV7Generator), vec![told], settings)
}

/// What registrations announce, for some events in turn.
fn announcements(messages: usize) -> Vec<OutboxMessage> {
    let id = || UuidV7Generator.next();
    let club = ClubId::from(id());
    let events: Vec<EventId> = (0..EVENTS).map(|_| id().into()).collect();
    let registered = |(number, event): (u64, &EventId)| DomainEvent::RegistrationConfirmed {
        club,
        event: *event,
        registration: RegistrationId::from(id()),
        account: AccountId::from(id()),
        party_size: 1,
        queue_number: QueueNumber::new(number),
    };
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    (1..)
        .zip(events.iter().cycle())
        .take(messages)
        .map(|each| OutboxMessage {
            id: MessageId::from(id()),
            event: registered(each),
            created_at: SystemClock.now(),
            trace_context: Some(trace.to_owned()),
        })
        .collect()
}

async fn check(
    findings: &mut Findings,
    database: &Database,
    announced: &[OutboxMessage],
    told: &[MessageId],
) -> anyhow::Result<()> {
    let (wanted, found): (HashSet<_>, HashSet<_>) =
        (announced.iter().map(|message| message.id).collect(), told.iter().copied().collect());
    findings.equal("messages that were handled", &told.len(), &announced.len());
    findings.equal("each of them was announced", &(found == wanted), &true);
    let about: HashMap<_, _> =
        announced.iter().map(|message| (message.id, message.event.aggregate())).collect();
    let mut last = HashMap::new();
    let late = told.iter().filter(|id| last.insert(about.get(*id), **id).is_some_and(|before| before > **id));
    findings.equal("messages that were told before an earlier one of their event", &late.count(), &0);
    let count = "SELECT COUNT(*) AS all_rows, COUNT(processed_at) AS marked, \
                 COALESCE(SUM(attempts), 0) AS attempts FROM outbox";
    let rows = database.rows(count).await?;
    let row = rows.first().context("a count is a row")?;
    let counted: (i64, i64, i64) =
        (row.try_get("", "all_rows")?, row.try_get("", "marked")?, row.try_get("", "attempts")?);
    let all = i64::try_from(announced.len())?;
    findings.equal("rows, those that are marked, and failures", &counted, &(all, all, 0));
    let held = database.rows("SELECT lane FROM outbox_lanes WHERE holder IS NOT NULL").await?.len();
    findings.equal("lanes that are still in hand", &held, &0);
    findings.checked += told.len() as u64;
    Ok(())
}

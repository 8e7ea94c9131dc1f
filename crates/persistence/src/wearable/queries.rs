//! Reading what wearables recorded.

use async_trait::async_trait;
use spotter_domain::id::{AccountId, WearableRecordId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::wearable::{
    Figures, Standing, WearableCursor, WearableKind, WearableQueries, WearableView,
};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use super::raw;
use super::repository::TABLE;
use crate::account::repository::{athlete_columns, joined_athlete};
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::{Backend, Database};

const COLUMNS: &str = "id, kind, external_id, recorded_at, updated_at, recovery, resting_heart_rate, \
                       hrv_micros, sleep_performance, strain_hundredths, nap";

impl TryFrom<Row> for WearableView {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Self::try_from(&row)
    }
}

impl TryFrom<&Row> for WearableView {
    type Error = StoreError;

    fn try_from(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            kind: row.parse("kind", WearableKind::parse)?,
            external_id: row.get("external_id")?,
            recorded_at: row.time("recorded_at")?,
            updated_at: row.time("updated_at")?,
            figures: Figures {
                recovery: row.int_or_null("recovery")?,
                resting_heart_rate: row.int_or_null("resting_heart_rate")?,
                hrv_micros: row.int_or_null("hrv_micros")?,
                sleep_performance: row.int_or_null("sleep_performance")?,
                strain_hundredths: row.int_or_null("strain_hundredths")?,
                nap: row.get("nap")?,
            },
        })
    }
}

/// A condition that a record is of a kind. SQLite is kept from the primary key (the plus says so): it would
/// read and sort all that a person has of the kind.
fn of_kind(backend: Backend, kind: WearableKind) -> String {
    let column = match backend {
        Backend::Sqlite => "+kind",
        Backend::Postgres => "kind",
    };
    format!(" AND {column} = '{}'", kind.as_str())
}

pub(crate) fn records(
    backend: Backend,
    account: AccountId,
    kind: Option<WearableKind>,
    page: PageRequest<WearableCursor>,
) -> Sql {
    let kind = kind.map(|kind| of_kind(backend, kind)).unwrap_or_default();
    let after = if page.after.is_some() { " AND (recorded_at, id) < ($3, $4)" } else { "" };
    let text = format!(
        "SELECT {COLUMNS} FROM wearable_records WHERE account_id = $1{kind}{after} \
         ORDER BY recorded_at DESC, id DESC LIMIT $2"
    );
    let sql = Sql::new(backend, TABLE, "records", text).uuid(account.uuid()).big(page.limit.with_lookahead());
    match page.after {
        Some(after) => sql.time(after.recorded_at).uuid(after.id.uuid()),
        None => sql,
    }
}

/// The condition that a record of a kind tells how ready the body is, as `Figures::tell_readiness` has it.
const fn tells_readiness(kind: WearableKind) -> &'static str {
    match kind {
        WearableKind::Recovery => "recovery IS NOT NULL",
        WearableKind::Sleep => "sleep_performance IS NOT NULL AND nap IS NOT TRUE",
        WearableKind::Cycle => "strain_hundredths IS NOT NULL",
    }
}

/// A row for each kind that there is something of, or one with the person alone.
pub(crate) fn standing(backend: Backend, account: AccountId, since: Timestamp, until: Timestamp) -> Sql {
    let latest_of = |kind: WearableKind| {
        format!(
            "SELECT {COLUMNS} FROM (SELECT {COLUMNS} FROM wearable_records \
             WHERE account_id = $1{} AND recorded_at >= $2 AND recorded_at <= $3 AND {} \
             ORDER BY recorded_at DESC, id DESC LIMIT 1) AS {}",
            of_kind(backend, kind),
            tells_readiness(kind),
            kind.as_str()
        )
    };
    let text = format!(
        "SELECT {}, w.* FROM accounts a LEFT JOIN ({}) w ON TRUE WHERE a.id = $1",
        athlete_columns(),
        WearableKind::ALL.map(latest_of).join(" UNION ALL ")
    );
    Sql::new(backend, TABLE, "standing", text).uuid(account.uuid()).time(since).time(until)
}

pub(super) fn record(backend: Backend, account: AccountId, id: WearableRecordId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM wearable_records WHERE account_id = $1 AND id = $2");
    Sql::new(backend, TABLE, "record", text).uuid(account.uuid()).uuid(id.uuid())
}

fn raw(backend: Backend, account: AccountId, id: WearableRecordId) -> Sql {
    let text = "SELECT raw FROM wearable_records WHERE account_id = $1 AND id = $2";
    Sql::new(backend, TABLE, "raw", text).uuid(account.uuid()).uuid(id.uuid())
}

fn linked_user(backend: Backend, account: AccountId) -> Sql {
    let text = "SELECT maker_user FROM wearable_links WHERE account_id = $1";
    Sql::new(backend, "wearable_links", "linked_user", text).uuid(account.uuid())
}

#[async_trait]
impl WearableQueries for Database {
    async fn records(
        &self,
        account: AccountId,
        kind: Option<WearableKind>,
        page: PageRequest<WearableCursor>,
    ) -> Result<Page<WearableView, WearableCursor>, StoreError> {
        let views: Vec<WearableView> =
            row::all(self.read_all(records(self.backend(), account, kind, page)).await?)?;
        Ok(Page::from_lookahead(views, page.limit, |view| WearableCursor {
            recorded_at: view.recorded_at,
            id: view.id,
        }))
    }

    async fn standing(
        &self,
        account: AccountId,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Standing>, StoreError> {
        let rows = self.read_all(standing(self.backend(), account, since, until)).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let athlete = joined_athlete(first)?;
        let mut latest = Vec::with_capacity(rows.len());
        for row in &rows {
            if row.get::<Option<Uuid>>("id")?.is_some() {
                latest.push(WearableView::try_from(row)?);
            }
        }
        latest.sort_by_key(|view| view.kind);
        Ok(Some(Standing { athlete, latest }))
    }

    async fn record(
        &self,
        account: AccountId,
        id: WearableRecordId,
    ) -> Result<Option<WearableView>, StoreError> {
        row::one(self.read_one(record(self.backend(), account, id)).await?)
    }

    async fn raw(&self, account: AccountId, id: WearableRecordId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(row) = self.read_one(raw(self.backend(), account, id)).await? else { return Ok(None) };
        raw::decompress(&row.get::<Vec<u8>>("raw")?).map(Some)
    }

    async fn linked_user(&self, account: AccountId) -> Result<Option<i64>, StoreError> {
        let row = self.read_one(linked_user(self.backend(), account)).await?;
        row.map(|row| row.get("maker_user")).transpose()
    }
}

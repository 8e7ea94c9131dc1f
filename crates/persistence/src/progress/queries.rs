//! Reading progress.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::account::WeekStart;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::progress::{
    DashboardFigures, Day, Period, ProgressQueries, RecordKey, ShownRecord, Summary, WeekFigures, Window,
};

use super::{dashboard, record, summary, trend};
use crate::Database;
use crate::row;

#[async_trait]
impl ProgressQueries for Database {
    async fn dashboard(&self, account: AccountId, window: &Window) -> Result<DashboardFigures, StoreError> {
        let rows = self.read_all(dashboard::dashboard(self.backend(), account, window)).await?;
        dashboard::read_figures(&rows, window)
    }

    async fn summaries(
        &self,
        account: AccountId,
        period: Period,
        week_start: WeekStart,
        between: (Day, Day),
        page: PageRequest<Day>,
    ) -> Result<Page<Summary, Day>, StoreError> {
        let sql = summary::stretches(self.backend(), account, period, week_start, between, page);
        let summaries: Vec<Summary> = row::all(self.read_all(sql).await?)?;
        Ok(Page::from_lookahead(summaries, page.limit, |summary| summary.day))
    }

    async fn records(
        &self,
        account: AccountId,
        exercise: Option<ExerciseId>,
        page: PageRequest<RecordKey>,
    ) -> Result<Page<ShownRecord, RecordKey>, StoreError> {
        let sql = record::page(self.backend(), account, exercise, page);
        let records: Vec<ShownRecord> = row::all(self.read_all(sql).await?)?;
        Ok(Page::from_lookahead(records, page.limit, |shown| shown.record.key))
    }

    async fn trend(
        &self,
        account: AccountId,
        exercise: ExerciseId,
        week_start: WeekStart,
        between: (Day, Day),
    ) -> Result<Vec<WeekFigures>, StoreError> {
        row::all(self.read_all(trend::trend(self.backend(), account, exercise, week_start, between)).await?)
    }
}

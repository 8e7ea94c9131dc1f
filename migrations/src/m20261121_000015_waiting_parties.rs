//! How many parties wait for an event, beside the seats that they wait for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::integer;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMN: &str = "waiting_parties";

/// Where nobody waits for a seat, nobody waits.
const COUNT: &str = "UPDATE events SET waiting_parties = (SELECT count(*) FROM registrations r \
                     WHERE r.club_id = events.club_id AND r.event_id = events.id \
                     AND r.status = 'waitlisted') WHERE waitlisted > 0";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column =
            integer(COLUMN).default(0).check(("ck_events_waiting_parties", Expr::col(COLUMN).gte(0))).take();
        manager.alter_table(Table::alter().table("events").add_column(column).take()).await?;
        manager.get_connection().execute_unprepared(COUNT).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("events").drop_column(COLUMN).take()).await
    }
}

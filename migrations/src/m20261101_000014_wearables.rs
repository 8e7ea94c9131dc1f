//! What wearables recorded, which wearable is whose, and the notifications that came.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, boolean_null, integer_null, text, text_null, timestamp_with_time_zone, uuid,
};

use crate::build::{drop_tables, index, one_of, owner, primary_key, unique, unweighed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(records()).await?;
        unweighed(manager, "wearable_records").await?;
        let columns = ["account_id", "recorded_at", "id"];
        manager.create_index(index("ix_wearable_records_time", "wearable_records", &columns)).await?;
        manager.create_table(links()).await?;
        manager.create_index(unique("ux_wearable_links_account", "wearable_links", &["account_id"])).await?;
        manager.create_table(notifications()).await?;
        let table = "wearable_notifications";
        manager.create_index(index("ix_wearable_notifications_received_at", table, &["received_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["wearable_records", "wearable_links", "wearable_notifications"]).await
    }
}

fn records() -> TableCreateStatement {
    let table = "wearable_records";
    let tiers = ["low", "medium", "high"];
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(text("kind"))
        .col(text("external_id"))
        .col(uuid("id"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer_null("recovery"))
        .col(text_null("recovery_tier"))
        .col(integer_null("resting_heart_rate"))
        .col(integer_null("hrv_micros"))
        .col(integer_null("sleep_performance"))
        .col(text_null("sleep_tier"))
        .col(integer_null("strain_hundredths"))
        .col(boolean_null("nap"))
        // The JSON as it came, compressed.
        .col(blob("raw"))
        .primary_key(&mut primary_key("pk_wearable_records", &["account_id", "kind", "external_id"]))
        .foreign_key(&mut owner(
            "fk_wearable_records_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .check(one_of("ck_wearable_records_kind", "kind", &["recovery", "sleep", "cycle"]))
        .check(one_of("ck_wearable_records_recovery_tier", "recovery_tier", &tiers))
        .check(one_of("ck_wearable_records_sleep_tier", "sleep_tier", &tiers))
        .take()
}

fn links() -> TableCreateStatement {
    let table = "wearable_links";
    Table::create()
        .table(table)
        .col(big_integer("maker_user"))
        .col(uuid("account_id"))
        .primary_key(&mut primary_key("pk_wearable_links", &["maker_user"]))
        .foreign_key(&mut owner("fk_wearable_links_account", (table, &["account_id"]), ("accounts", &["id"])))
        .take()
}

fn notifications() -> TableCreateStatement {
    Table::create()
        .table("wearable_notifications")
        .col(text("name"))
        .col(timestamp_with_time_zone("received_at"))
        .primary_key(&mut primary_key("pk_wearable_notifications", &["name"]))
        .take()
}

//! Whether everything that was imported is there.

use std::collections::HashMap;

use serde_json::Value;

use super::{Brought, File};
use crate::client::Call;
use crate::rows::Findings;
use crate::stage::{Database, Server};

/// What ten years are.
const SESSIONS: u64 = 1_500;
const SETS: u64 = 36_000;

pub(super) async fn everything(
    findings: &mut Findings,
    database: &Database,
    server: &Server,
    files: &[File],
    brought: &[Brought],
) -> anyhow::Result<()> {
    let count =
        "SELECT LOWER(HEX(account_id)) AS account, COUNT(*) AS sessions FROM workout_sessions GROUP BY 1";
    let count = if database.url().starts_with("postgres") {
        count.replace("LOWER(HEX(account_id))", "REPLACE(CAST(account_id AS TEXT), '-', '')")
    } else {
        count.to_owned()
    };
    let mut stored: HashMap<String, i64> = HashMap::new();
    for row in database.rows(&count).await? {
        stored.insert(row.try_get("", "account")?, row.try_get("", "sessions")?);
    }
    let mut client = server.connect().await?;
    for Brought { person, answer, .. } in brought {
        let told = (&answer["sessions"]["created"], &answer["sets"], &answer["problems_total"]);
        let told = (told.0.as_u64(), told.1.as_u64(), told.2.as_u64());
        findings.equal("what an import says", &told, &(Some(SESSIONS), Some(SETS), Some(0)));
        let rows = stored.remove(&person.id.replace('-', "")).map(i64::unsigned_abs);
        findings.equal("the rows of an import", &rows, &Some(SESSIONS));
        let sessions = client.list("/api/v1/workout-sessions", &person.token).await?;
        let exercises =
            sessions.iter().flat_map(|session| session["exercises"].as_array().into_iter().flatten());
        let sets: usize = exercises.map(|exercise| exercise["sets"].as_array().map_or(0, Vec::len)).sum();
        findings.equal("what is there to see", &(sessions.len() as u64, sets as u64), &(SESSIONS, SETS));
    }
    findings.equal("people with workout sessions that nobody imported", &stored.len(), &0);
    // Bringing the same file along again changes nothing.
    for file in files {
        let Some(first) = brought.iter().find(|brought| brought.format == file.format) else { continue };
        let call = Call::post("/api/v1/imports", "text/csv", file.bytes.clone()).by(&first.person.token);
        let answer = client.expect(201, &call).await?;
        let told = |field: &str| answer["sessions"][field].as_u64();
        let found: (Option<u64>, Option<u64>, &Value) = (told("created"), told("unchanged"), &answer["sets"]);
        findings.equal("the same file again", &found, &(Some(0), Some(SESSIONS), &Value::from(0)));
    }
    let (sessions, differences) = server.verify().await?;
    findings.equal("workout sessions that were recomputed", &sessions, &(SESSIONS * brought.len() as u64));
    findings.equal("differences to a recomputation", &differences, &0);
    Ok(())
}

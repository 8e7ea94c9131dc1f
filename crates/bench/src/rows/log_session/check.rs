//! Whether everything that was acknowledged is there, once.

use std::collections::HashMap;

use serde_json::Value;

use super::load::Load;
use super::plan::SETS;
use crate::client::Call;
use crate::rows::Findings;
use crate::stage::{Database, Server};

/// So many of everybody's workout sessions are read back as they see them.
const LOOKED_AT: usize = 3;

pub(super) async fn everything(
    findings: &mut Findings,
    database: &Database,
    server: &Server,
    load: Load,
) -> anyhow::Result<()> {
    // What the database was filled with was imported; what was logged was not.
    let stored = "SELECT CAST(s.id AS TEXT) AS id, CAST(s.account_id AS TEXT) AS account, s.sets AS sets, \
                  (SELECT COUNT(*) FROM workout_blocks b \
                   WHERE b.account_id = s.account_id AND b.session_id = s.id) AS blocks \
                  FROM workout_sessions s WHERE s.import_id IS NULL";
    let mut there: HashMap<String, (String, i32, i64)> = HashMap::new();
    for row in database.rows(stored).await? {
        let found = (row.try_get("", "account")?, row.try_get("", "sets")?, row.try_get("", "blocks")?);
        there.insert(row.try_get("", "id")?, found);
    }
    let acknowledged: usize = load.lifters.iter().map(|lifter| lifter.logged.len()).sum();
    let mut client = server.connect().await?;
    for lifter in &load.lifters {
        for id in &lifter.logged {
            let wanted = (lifter.person.id.clone(), 24, 6);
            findings.equal(&format!("workout session {id}"), &there.remove(id), &Some(wanted));
        }
        for id in lifter.logged.iter().rev().take(LOOKED_AT) {
            let call = Call::get(format!("/api/v1/workout-sessions/{id}")).by(&lifter.person.token);
            let session = client.expect(200, &call).await?;
            let sets = |exercise: &Value| exercise["sets"].as_array().map_or(0, Vec::len) as u64;
            let exercises = session["exercises"].as_array().map_or(&[][..], Vec::as_slice);
            let sets: Vec<u64> = exercises.iter().map(sets).collect();
            findings.equal(&format!("the sets of {id}"), &sets, &vec![SETS; 6]);
        }
    }
    findings.equal("workout sessions that nobody was told of", &there.len(), &0);
    let imported =
        database.rows("SELECT COUNT(*) AS count FROM workout_sessions WHERE import_id IS NOT NULL").await?;
    let imported: i64 = imported[0].try_get("", "count")?;
    let all = imported.unsigned_abs() + acknowledged as u64;
    let (sessions, differences) = server.verify().await?;
    findings.equal("workout sessions that were recomputed", &sessions, &all);
    findings.equal("differences to a recomputation", &differences, &0);
    Ok(())
}

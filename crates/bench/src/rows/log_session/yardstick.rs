//! The yardstick: the same rows, one insert each, in one transaction, by `pgbench`.

use std::fmt::Write as _;
use std::time::Duration;

use super::plan::{A_DAY, Plan, SETS};
use crate::rows::Findings;
use crate::stage::{Database, Script};

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Those that Spotter writes: the workout session, its six blocks with their sets, the day, the message.
    AsWritten,
    /// The same, with a table of sets that has a row for each of them.
    ASetEach,
}

/// Two scripts on a copy of the database.
#[derive(Debug)]
pub(super) struct Yardstick {
    database: Database,
    clients: usize,
    as_written: Script,
    a_set_each: Script,
    turns: u64,
    transactions: u64,
}

/// People whose ids follow from the number of a connection, because a script knows nothing else about itself.
const PEOPLE: &str = "\
    INSERT INTO accounts \
    SELECT (jsonb_populate_record(a, jsonb_build_object(\
        'id', '00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'), \
        'email', 'yardstick' || n || '@ironworks.example', \
        'email_canonical', 'yardstick' || n || '@ironworks.example'))).* \
    FROM accounts a, generate_series(0, 255) n WHERE a.id = (SELECT MIN(id::text)::uuid FROM accounts)";

const SETS_TABLE: &str = "\
    CREATE TABLE yardstick_sets (\
        account_id uuid, session_id uuid, block integer, position integer, kind text, weight integer, \
        reps integer, rpe integer, \
        PRIMARY KEY (account_id, session_id, block, position), \
        FOREIGN KEY (account_id, session_id, block) \
            REFERENCES workout_blocks (account_id, session_id, position) ON DELETE CASCADE)";

/// Who logs, and an id that is later than all before it, as those of Spotter are.
const ACCOUNT: &str = "('00000000-0000-7000-8000-' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid";
const SESSION: &str = "(lpad(to_hex(:number::bigint), 16, '0') || '8000000000000000')::uuid";

impl Yardstick {
    /// # Errors
    ///
    /// When this machine has no `pgbench`, or the database can't be prepared.
    pub(super) async fn prepare(database: &Database, plan: &Plan, clients: usize) -> anyhow::Result<Self> {
        for statement in [PEOPLE, SETS_TABLE, "CHECKPOINT"] {
            database.execute(statement).await?;
        }
        Ok(Self {
            database: database.clone(),
            clients,
            as_written: Script::new(&script(plan, Rows::AsWritten))?,
            a_set_each: Script::new(&script(plan, Rows::ASetEach))?,
            turns: 0,
            transactions: 0,
        })
    }

    /// Inserts for that long. Answers how many transactions a second that were.
    ///
    /// # Errors
    ///
    /// When an insert fails.
    pub(super) async fn run(&mut self, rows: Rows, time: Duration) -> anyhow::Result<f64> {
        self.turns += 1;
        let script = match rows {
            Rows::AsWritten => &self.as_written,
            Rows::ASetEach => &self.a_set_each,
        };
        // Each turn begins with numbers that none before it has come to.
        let variables = [("done", 0), ("turn", self.turns)];
        let turn = script.run(self.database.url(), self.clients, time, &variables).await?;
        self.transactions += turn.transactions;
        Ok(turn.per_second)
    }

    /// Whether it did what it says: a yardstick that is too short makes everything look tall.
    ///
    /// # Errors
    ///
    /// When the database can't be asked.
    pub(super) async fn check(&self, findings: &mut Findings) -> anyhow::Result<()> {
        let counted = "SELECT (SELECT COUNT(*) FROM workout_sessions WHERE title = 'Yardstick') AS sessions, \
                       (SELECT COUNT(*) FROM workout_blocks b JOIN workout_sessions s \
                        ON s.account_id = b.account_id AND s.id = b.session_id \
                        WHERE s.title = 'Yardstick') AS blocks";
        let rows = self.database.rows(counted).await?;
        let (sessions, blocks): (i64, i64) =
            (rows[0].try_get("", "sessions")?, rows[0].try_get("", "blocks")?);
        findings.equal("the yardstick's workout sessions", &sessions.unsigned_abs(), &self.transactions);
        findings.equal("the yardstick's blocks", &blocks.unsigned_abs(), &(6 * self.transactions));
        Ok(())
    }
}

fn script(plan: &Plan, rows: Rows) -> String {
    let packed = |first: u64| {
        let sets: Vec<String> = (0..SETS).map(|set| format!("[\"n\",{},{},17]", first, 8 - set)).collect();
        format!("[{}]", sets.join(","))
    };
    let mut script = format!(
        "\\set done :done + 1\n\
         \\set number (:turn * 10000000 + :done) * 1000 + :client_id\n\
         \\set day 16000 + :turn * 1000 + :done / {A_DAY}\n\
         \\set hour 6 + 4 * mod(:done, {A_DAY})\n\
         BEGIN;\n\
         INSERT INTO workout_sessions (account_id, id, title, started_at, ended_at, version, created_at, day, sets, \
         reps, volume, seconds, distance) VALUES ({ACCOUNT}, {SESSION}, 'Yardstick', \
         to_timestamp((:day::bigint * 24 + :hour) * 3600), \
         to_timestamp((:day::bigint * 24 + :hour) * 3600 + 3570), 1, now(), :day, 24, 156, 1020000, 3570, 0);\n"
    );
    for (position, exercise) in plan.exercises.iter().enumerate() {
        let sets = match rows {
            Rows::AsWritten => packed(6_050),
            Rows::ASetEach => "[]".to_owned(),
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            script,
            "INSERT INTO workout_blocks (account_id, session_id, position, exercise_id, sets, day, working_sets, \
             reps, volume, distance, one_rep_max) VALUES ({ACCOUNT}, {SESSION}, {position}, '{exercise}', '{sets}', \
             :day, 4, 26, 170000, 0, 7500);"
        );
        if rows == Rows::ASetEach {
            for set in 0..SETS {
                let _ = writeln!(
                    script,
                    "INSERT INTO yardstick_sets (account_id, session_id, block, position, kind, weight, reps, rpe) \
                     VALUES ({ACCOUNT}, {SESSION}, {position}, {set}, 'normal', 6050, {}, 17);",
                    8 - set
                );
            }
        }
    }
    let _ = write!(
        script,
        "INSERT INTO daily_summaries (account_id, day, month, sessions, sets, reps, volume, seconds, distance) \
         VALUES ({ACCOUNT}, :day, 16000, 1, 24, 156, 1020000, 3570, 0) ON CONFLICT (account_id, day) DO UPDATE SET \
         sessions = daily_summaries.sessions + 1, sets = daily_summaries.sets + 24, \
         reps = daily_summaries.reps + 156, volume = daily_summaries.volume + 1020000, \
         seconds = daily_summaries.seconds + 3570;\n\
         INSERT INTO outbox (id, kind, payload, aggregate_id, created_at, next_attempt_at) VALUES ({SESSION}, \
         'workout_session_logged', jsonb_build_object('kind', 'workout_session_logged', 'account', {ACCOUNT}, \
         'session', {SESSION}), {SESSION}, now(), now());\n\
         COMMIT;\n"
    );
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_an_insert_of_its_own() {
        let plan = Plan { exercises: vec!["x".to_owned(); 6], first_day: jiff::civil::date(2014, 1, 1) };
        let inserts = |rows| script(&plan, rows).matches("INSERT INTO").count();
        assert_eq!(inserts(Rows::AsWritten), 1 + 6 + 1 + 1);
        assert_eq!(inserts(Rows::ASetEach), 1 + 6 + 24 + 1 + 1);
    }
}

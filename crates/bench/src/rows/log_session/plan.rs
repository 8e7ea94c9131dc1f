//! What is logged: six exercises with four sets each, the weights going round.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;

use super::first_day;
use crate::client::Call;
use crate::stage::Server;

/// The exercises, each with its lightest weight in kilograms.
const EXERCISES: [(&str, u64); 6] = [
    ("Barbell Bench Press", 60),
    ("Barbell Squat", 80),
    ("Barbell Deadlift", 100),
    ("Barbell Overhead Press", 30),
    ("Cable Lat Pulldown", 40),
    ("Pull-Up", 5),
];

/// How many sets each of them gets.
pub(super) const SETS: u64 = 4;

/// After so many workout sessions the weights begin again, so that they soon break no more records.
const WEIGHTS: u64 = 4;

/// How many workout sessions somebody has on a day.
pub(super) const A_DAY: u64 = 4;

/// What is logged.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) exercises: Vec<String>,
    pub(super) first_day: Date,
}

impl Plan {
    /// # Errors
    ///
    /// When an exercise is not known.
    pub(super) async fn new(server: &Server, token: &str) -> anyhow::Result<Self> {
        let mut exercises = Vec::new();
        for (name, _) in EXERCISES {
            exercises.push(server.exercise(name, token).await?);
        }
        Ok(Self { exercises, first_day: first_day()? })
    }

    /// The request that logs somebody's workout session of that number.
    pub(super) fn call(&self, number: u64, token: &str) -> Call {
        let mut body = String::with_capacity(2_048);
        let begins = self.begins(number);
        // Writing to a string can't fail.
        let _ = write!(
            body,
            r#"{{"title":"Full body","started_at":"{begins}:00:00Z","ended_at":"{begins}:59:30Z","#
        );
        body.push_str(r#""exercises":["#);
        for (place, (exercise, (_, lightest))) in self.exercises.iter().zip(EXERCISES).enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let _ = write!(body, r#"{comma}{{"exercise_id":"{exercise}","sets":["#);
            for set in 0..SETS {
                let comma = if set == 0 { "" } else { "," };
                let (weight, reps) = (lightest + 5 * (number % WEIGHTS), 8 - set);
                let _ = write!(body, r#"{comma}{{"weight_kg":{weight}.5,"reps":{reps},"rpe":8.5}}"#);
            }
            body.push_str("]}");
        }
        body.push_str("]}");
        Call::post("/api/v1/workout-sessions", "application/json", body).by(token)
    }

    /// The hour in which it begins: each later than the one before, so that a record stays with who had it first.
    fn begins(&self, number: u64) -> String {
        let days = i64::try_from(number / A_DAY).unwrap_or(i64::MAX);
        let day = self.first_day.saturating_add(days.days());
        format!("{day}T{:02}", 6 + 4 * (number % A_DAY))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn six_exercises_have_twenty_four_sets() {
        let plan = Plan { exercises: vec!["x".to_owned(); 6], first_day: jiff::civil::date(2014, 1, 1) };
        let text = format!("{:?}", plan.call(9, "token"));
        let body = text.split("body: b\"").nth(1).unwrap().rsplit_once('"').unwrap().0.replace('\\', "");
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["started_at"], "2014-01-03T10:00:00Z");
        let exercises = body["exercises"].as_array().unwrap();
        let sets = exercises.iter().map(|exercise| exercise["sets"].as_array().unwrap().len());
        assert_eq!((exercises.len(), sets.sum::<usize>()), (6, 24));
    }
}

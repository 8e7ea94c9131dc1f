//! Whatever was edited, moved and deleted: what is derived is what a fresh account has that logs what is left.

use serde_json::{Value, json};

use super::prefer;
use crate::support::{Person, TestApp};
use crate::workouts::sessions::{BENCH, SESSIONS, SQUAT, books, exercise_id, log, verify};

const NAMES: [&str; 5] = [BENCH, SQUAT, "Pull-Up", "Running", "Quizzical Hoist"];
const KINDS: [&str; 5] = ["normal", "normal", "warmup", "drop", "failure"];

/// Somebody who edits their workout sessions at random, and what they should have by now.
struct Editor {
    person: Person,
    random: fastrand::Rng,
    preferences: Value,
    /// In the order in which they were logged: the identifier, and what would log it as it is now.
    left: Vec<(String, Value)>,
}

impl Editor {
    async fn new(app: &TestApp, seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        Self { person: app.person("Ada").await, random, preferences: json!({}), left: Vec::new() }
    }

    fn set(&mut self) -> Value {
        let random = &mut self.random;
        let mut set = json!({"kind": KINDS[random.usize(..KINDS.len())], "weight_kg": f64::from(random.i16(-40..200)) / 2.0});
        if random.u8(..8) > 0 {
            set["reps"] = json!(random.u16(..15));
        }
        if random.u8(..4) == 0 {
            set["distance_m"] = json!(f64::from(random.u16(..5_000)) / 100.0);
            set["duration_s"] = json!(random.u16(..300));
        }
        set
    }

    /// Few days, so that many share one, up to tomorrow; and round weights, so that there are ties.
    fn workout(&mut self) -> Value {
        let exercises = (0..self.random.usize(..4)).map(|_| {
            let sets: Vec<_> = (0..self.random.usize(..4)).map(|_| self.set()).collect();
            json!({"exercise_name": NAMES[self.random.usize(..NAMES.len())], "sets": sets})
        });
        let exercises: Vec<_> = exercises.collect();
        let (month, day) = *self.random.choice(&DAYS).unwrap();
        let hour = self.random.u8(..24);
        let start = format!("{month}-{day:02}T{hour:02}:00:00Z");
        let end =
            self.random.bool().then(|| format!("{month}-{day:02}T{hour:02}:{:02}:00Z", self.random.u8(..60)));
        json!({"started_at": start, "ended_at": end, "exercises": exercises})
    }

    async fn step(&mut self) {
        match self.random.u8(..20) {
            0..10 => {
                let body = self.workout();
                let logged = log(&self.person, &body).await;
                self.left.push((logged["id"].as_str().unwrap().to_owned(), body));
            }
            10..15 => self.edit().await,
            15..19 if !self.left.is_empty() => {
                let (id, _) = self.left.remove(self.random.usize(..self.left.len()));
                self.person.delete(&format!("{SESSIONS}/{id}")).await.expect(204);
            }
            _ => {
                let formulas = ["epley", "brzycki", "lombardi", "mayhew", "oconner", "wathan", "lander"];
                let zones = ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"];
                self.preferences = json!({
                    "time_zone": self.random.choice(zones), "one_rep_max_formula": self.random.choice(formulas),
                    "week_start": self.random.choice(["monday", "sunday", "saturday"]),
                });
                prefer(&self.person, self.preferences.clone()).await;
            }
        }
    }

    /// Edits some fields of one.
    async fn edit(&mut self) {
        if self.left.is_empty() {
            return;
        }
        let (at, new) = (self.random.usize(..self.left.len()), self.workout());
        let mut edit = json!({});
        if self.random.bool() {
            (edit["started_at"], edit["ended_at"]) = (new["started_at"].clone(), new["ended_at"].clone());
        }
        if self.random.bool() {
            edit["exercises"] = new["exercises"].clone();
        }
        let (id, body) = &mut self.left[at];
        for (field, value) in edit.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.person.patch(&format!("{SESSIONS}/{id}"), &edit).await.expect(200);
    }

    /// Compares what is to be seen with that of somebody new who logs what is left.
    async fn compare(&self, app: &TestApp) {
        let fresh = app.person("Ada").await;
        prefer(&fresh, self.preferences.clone()).await;
        let mut ids = Vec::new();
        for (_, body) in &self.left {
            ids.push(log(&fresh, body).await["id"].as_str().unwrap().to_owned());
        }
        let edited = self.left.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
        compare(&seen(&self.person, &edited).await, &seen(&fresh, &ids).await);
    }
}

/// Two weeks around the turn of the year, up to tomorrow.
const DAYS: [(&str, u8); 8] = [
    ("2026-11", 30),
    ("2026-12", 20),
    ("2026-12", 21),
    ("2026-12", 31),
    ("2027-01", 1),
    ("2027-01", 3),
    ("2027-01", 4),
    ("2027-01", 5),
];

/// Everything that is to be seen, with names in place of identifiers.
async fn seen(person: &Person, sessions: &[String]) -> Value {
    let mut seen = books(person).await;
    let mut names: Vec<_> =
        sessions.iter().cloned().zip((0..).map(|n| format!("workout session {n}"))).collect();
    names.push((person.id.clone(), "me".into()));
    let mut trends = Vec::new();
    for name in NAMES {
        // Somebody who has deleted all of it still has an exercise that the other one never made.
        let resolved =
            person.get(&format!("/api/v1/exercises/resolve?name={}", name.replace(' ', "%20"))).await;
        if resolved.body["exercise"].is_null() {
            trends.push(json!([]));
            continue;
        }
        let id = exercise_id(person, name).await;
        let path = format!("/api/v1/progress/exercises/{id}/trend?weeks=9");
        trends.push(person.get(&path).await.expect(200).body["items"].clone());
        names.push((id, name.into()));
    }
    seen["trends"] = json!(trends);
    let mut text = seen.to_string();
    for (id, name) in names {
        text = text.replace(&id, &name);
    }
    serde_json::from_str(&text).unwrap()
}

fn compare(edited: &Value, fresh: &Value) {
    for part in ["workout_sessions", "summaries", "records", "dashboard", "trends"] {
        assert_eq!(edited[part], fresh[part], "{part}");
    }
}

#[tokio::test]
async fn whatever_was_edited_is_seen_as_if_what_is_left_had_been_logged_at_once() {
    for seed in 0..3 {
        let app = TestApp::memory().await;
        let mut editor = Editor::new(&app, seed).await;
        for step in 1..=150 {
            editor.step().await;
            if step % 50 == 0 {
                editor.compare(&app).await;
                verify(&app, &editor.person).await;
            }
        }
        assert!(editor.left.len() > 10, "too little is left to compare: {}", editor.left.len());
    }
}

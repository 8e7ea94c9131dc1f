//! Logging, editing and deleting workout sessions, and bringing histories along

use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};

use super::on_both;
use super::stage::Stage;
use crate::support::steps::id;
use crate::support::{Answer, Person, TestApp};

const SESSIONS: &str = "/api/v1/workout-sessions";

/// The most statements that logging a workout session may take.
const MOST_TO_LOG: u64 = 8;

/// The most statements that editing or deleting one may take: its days and exercises are recomputed.
const MOST_TO_REWORK: u64 = 13;

/// Six exercises with four sets each, on the day of the tests.
fn workout(kilograms: u32) -> Value {
    let names = [
        "Barbell Bench Press",
        "Barbell Back Squat",
        "Barbell Deadlift",
        "Pull-Up",
        "Ada's Own Carry",
        "Ada's Own Crawl",
    ];
    let sets = |name: &str| {
        let set = json!({"weight_kg": kilograms, "reps": 5});
        json!({"exercise_name": name, "sets": [set, set, set, set]})
    };
    json!({"started_at": "2027-01-04T10:00:00Z", "ended_at": "2027-01-04T11:00:00Z",
        "exercises": names.map(sets)})
}

/// A second one of somebody, with what logging, editing and deleting it takes.
async fn logging(person: &Person) -> [u64; 4] {
    let first = person.post(SESSIONS, &workout(50)).await.expect(201).statements();
    let logged = person.post(SESSIONS, &workout(60)).await.expect(201);
    let path = format!("{SESSIONS}/{}", id(&logged.body));
    let mut edited = workout(70);
    edited["started_at"] = json!("2027-01-03T10:00:00Z");
    let edited = person.patch(&path, &edited).await.expect(200);
    let deleted = person.delete(&path).await.expect(204);
    [first, logged.statements(), edited.statements(), deleted.statements()]
}

async fn logging_takes_a_bounded_number_of_statements(few: TestApp, many: TestApp) {
    let nobody = logging(&few.person("Nora").await).await;
    let stage = Stage::set(&many, 120).await;
    let somebody = logging(&stage.caller).await;
    println!(
        "logging first {}, again {}, editing {}, deleting {}",
        nobody[0], nobody[1], nobody[2], nobody[3]
    );
    assert_eq!(nobody, somebody);
    let [first, again, edited, deleted] = nobody;
    // Names that lead nowhere become exercises, which is more to write.
    assert!(first <= MOST_TO_LOG + 2 && again <= MOST_TO_LOG, "{first}, then {again}");
    assert!(edited <= MOST_TO_REWORK && deleted <= MOST_TO_REWORK, "{edited}, {deleted}");

    // How large it is changes nothing.
    let set = |exercise: &Value| json!({"exercise_id": exercise, "sets": [{"reps": 1, "weight_kg": 20}]});
    let exercise = &stage.history.idle;
    let of = |blocks: usize| {
        let blocks = vec![set(&json!(exercise)); blocks];
        json!({"started_at": "2027-01-04T10:00:00Z", "exercises": blocks})
    };
    let small = stage.caller.post(SESSIONS, &of(1)).await.expect(201).statements();
    let large = stage.caller.post(SESSIONS, &of(100)).await.expect(201).statements();
    assert_eq!(small, large);
}

/// A file of Strong with that many workout sessions of four sets each, day by day into the past.
fn file(sessions: usize) -> String {
    let mut file = String::from(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n",
    );
    let newest: jiff::civil::Date = "2027-01-03".parse().unwrap();
    for number in 0..sessions {
        let day = newest.checked_sub(jiff::Span::new().days(i64::try_from(number).unwrap())).unwrap();
        for set in 1..=4 {
            let exercise = ["Bench Press (Barbell)", "Ada's Own Carry"][set % 2];
            let kilograms = 40 + number % 50;
            writeln!(file, "{day} 10:00:00,\"Push\",1h,\"{exercise}\",{set},{kilograms},5,0,0,,,").unwrap();
        }
    }
    file
}

async fn import(person: &Person, file: String) -> Answer {
    let request = person.request(Method::POST, "/api/v1/imports?format=strong&weight_unit=kg");
    Answer::of(request.header("content-type", "text/csv").body(file)).await.expect(201)
}

/// Nothing is asked for each row: what there is more goes in portions of thousands.
async fn bringing_along_takes_no_statement_for_each_row(few: TestApp, many: TestApp) {
    let (some, years) = (few.person("Nora").await, many.person("Yara").await);
    let small = import(&some, file(1)).await;
    let large = import(&years, file(1_500)).await;
    assert_eq!((&small.body["sets"], &large.body["sets"]), (&json!(4), &json!(6_000)));
    println!("importing: {} with 4 sets, {} with 6000", small.statements(), large.statements());
    assert!(small.statements() <= 16, "{}", small.statements());
    assert!(large.statements() <= small.statements() + 8, "{} with 6000 sets", large.statements());
    let again = import(&years, file(1_500)).await.statements();
    assert!(again <= small.statements(), "{again} for nothing new");

    let undo = async |person: &Person, imported: &Answer| {
        let path = format!("/api/v1/imports/{}/undo", id(&imported.body));
        person.act(&path).await.expect(200).statements()
    };
    let (one, all) = (undo(&some, &small).await, undo(&years, &large).await);
    println!("undoing: {one} with one workout session, {all} with 1500");
    assert!(all <= one + 12, "{one} with one, {all} with 1500");
}

on_both!(logging_takes_a_bounded_number_of_statements, bringing_along_takes_no_statement_for_each_row);

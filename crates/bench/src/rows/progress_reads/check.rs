//! Whether what was answered is what was trained: held against the generated values.

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use spotter_demo_data::{Figures, History};

use crate::client::{Call, Client};
use crate::rows::Findings;
use crate::stage::{Person, Server};

pub(super) async fn everything(
    findings: &mut Findings,
    server: &Server,
    veteran: &Person,
    squat: &str,
    history: &History,
) -> anyhow::Result<()> {
    let (client, token) = (&mut server.connect().await?, veteran.token.as_str());
    let mut today = Date::ZERO;
    for days in [30, 3_660] {
        let path = format!("/api/v1/progress/dashboard?days={days}");
        let shown = client.expect(200, &Call::get(path).by(token)).await?;
        today = date(&shown["to"])?;
        let wanted = history.figures_between(date(&shown["from"])?, today);
        totals(findings, &format!("the dashboard of {days} days"), &[shown], &wanted);
    }
    for period in ["month", "week", "day"] {
        let shown = client.list(&format!("/api/v1/progress/summaries?period={period}"), token).await?;
        totals(findings, &format!("the summaries by {period}"), &shown, &history.figures());
    }
    let path = format!("/api/v1/progress/exercises/{squat}/trend");
    let trend = client.expect(200, &Call::get(path).by(token)).await?;
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())?;
    let wanted = history.exercise_between("Barbell Squat", monday.checked_sub(51.weeks())?, today);
    let weeks = trend["items"].as_array().map_or(&[][..], Vec::as_slice);
    findings.equal("the sets of the trend", &sum(weeks, "sets"), &wanted.sets);
    findings.equal("the volume of the trend", &hundredths(weeks, "volume_kg"), &wanted.volume);
    list(findings, client, token, history).await?;
    records(findings, client, token, history).await
}

fn totals(findings: &mut Findings, what: &str, shown: &[Value], wanted: &Figures) {
    for (field, wanted) in [
        ("sessions", wanted.sessions),
        ("sets", wanted.sets),
        ("reps", wanted.reps),
        ("duration_s", wanted.seconds),
    ] {
        findings.equal(&format!("{field} of {what}"), &sum(shown, field), &wanted);
    }
    findings.equal(&format!("volume_kg of {what}"), &hundredths(shown, "volume_kg"), &wanted.volume);
}

/// Page by page, every workout session with every set.
async fn list(
    findings: &mut Findings,
    client: &mut Client,
    token: &str,
    history: &History,
) -> anyhow::Result<()> {
    let sessions = client.list("/api/v1/workout-sessions", token).await?;
    let sets = |exercise: &Value| exercise["sets"].as_array().map_or(0, Vec::len) as u64;
    let exercises = sessions.iter().flat_map(|session| session["exercises"].as_array().into_iter().flatten());
    let found = (sessions.len() as u64, exercises.map(sets).sum::<u64>());
    let Figures { sessions: wanted, all_sets, .. } = history.figures();
    findings.equal("workout sessions and sets of the list", &found, &(wanted, all_sets));
    let latest = sessions.first().map(|session| session["title"].clone()).unwrap_or_default();
    let wanted = history.sessions.last().map(|session| session.title.as_str().to_owned());
    findings.equal("the latest of the list", &latest.as_str().map(ToOwned::to_owned), &wanted);
    Ok(())
}

async fn records(
    findings: &mut Findings,
    client: &mut Client,
    token: &str,
    history: &History,
) -> anyhow::Result<()> {
    let records = client.list("/api/v1/progress/records", token).await?;
    for (exercise, steps) in history.heaviest() {
        let of = |record: &&Value| record["exercise_name"] == exercise && record["kind"] == "heaviest";
        // Somebody who needs no assistance any more has one of each: with weight, and with the least assistance.
        let heaviest = records.iter().filter(of).map(|record| hundredth(&record["value"])).max();
        findings.equal(&format!("the heaviest of {exercise}"), &heaviest, &Some(i64::from(steps)));
    }
    Ok(())
}

fn date(value: &Value) -> anyhow::Result<Date> {
    value.as_str().and_then(|text| text.parse().ok()).with_context(|| format!("{value} is no date"))
}

fn sum(items: &[Value], field: &str) -> u64 {
    items.iter().filter_map(|item| item[field].as_u64()).sum()
}

fn hundredths(items: &[Value], field: &str) -> i64 {
    items.iter().map(|item| hundredth(&item[field])).sum()
}

/// A number of kilograms in steps of 10 g.
fn hundredth(value: &Value) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "nobody lifts 2^53 steps")]
    let steps = (value.as_f64().unwrap_or(f64::NAN) * 100.0).round() as i64;
    steps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sums_are_exact() {
        let items = [json!({"sets": 2, "volume_kg": 0.1}), json!({"sets": 3, "volume_kg": 102.57})];
        assert_eq!((sum(&items, "sets"), hundredths(&items, "volume_kg")), (5, 10_267));
    }
}

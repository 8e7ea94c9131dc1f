//! What was measured, as a table and as JSON.

use std::fmt;

use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{CellAlignment, Table};
use serde::Serialize;

use crate::machine::Machine;
use crate::measure::{Spread, ratios};
use crate::rows::Scale;

/// Everything of one run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    machine: Machine,
    scale: Scale,
    rows: Vec<Row>,
}

/// One benchmark.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// How much of the machine others took before it began, in percent.
    pub(crate) busy_before_percent: Option<u64>,
    /// What was measured.
    pub(crate) lines: Vec<Line>,
    /// What has to be known to read it.
    pub(crate) notes: Vec<String>,
    /// How many answers were held against the database or against what is known.
    pub(crate) checked: u64,
    /// What was wrong with them: nothing, or the figures mean nothing.
    pub(crate) wrong: Vec<String>,
}

/// One measurement of a benchmark, over several rounds.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    /// What of it.
    pub(crate) case: String,
    /// The program.
    pub(crate) work: Series,
    /// What it is held against, if it is not the goal alone.
    pub(crate) yardstick: Option<Series>,
    /// The program by the yardstick, each round by itself.
    pub(crate) ratio: Option<Spread>,
    /// What was aimed at.
    pub(crate) goals: Vec<Goal>,
}

/// A figure for each round.
#[derive(Debug, Serialize)]
pub(crate) struct Series {
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) rounds: Vec<f64>,
    pub(crate) spread: Spread,
}

/// What was aimed at, and what became of it.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    pub(crate) what: String,
    pub(crate) met: bool,
}

impl Series {
    pub(crate) fn new(what: &'static str, unit: &'static str, rounds: Vec<f64>) -> Self {
        let spread = Spread::of(&rounds);
        Self { what, unit, rounds, spread }
    }
}

impl Line {
    pub(crate) fn new(case: impl Into<String>, work: Series, yardstick: Series) -> Self {
        let ratio = Spread::of(&ratios(&work.rounds, &yardstick.rounds));
        let (yardstick, ratio) = (Some(yardstick), Some(ratio));
        Self { yardstick, ratio, ..Self::alone(case, work) }
    }

    /// Beside no yardstick.
    pub(crate) fn alone(case: impl Into<String>, work: Series) -> Self {
        Self { case: case.into(), work, yardstick: None, ratio: None, goals: Vec::new() }
    }

    /// The median of the ratios; no goal is met by what has none.
    pub(crate) fn times(&self) -> f64 {
        self.ratio.map_or(f64::NAN, |ratio| ratio.median)
    }

    /// With something aimed at.
    pub(crate) fn goal(mut self, what: impl Into<String>, met: impl FnOnce(&Self) -> bool) -> Self {
        let met = met(&self);
        self.goals.push(Goal { what: what.into(), met });
        self
    }
}

impl Report {
    pub(crate) fn new(machine: Machine, scale: Scale) -> Self {
        Self { machine, scale, rows: Vec::new() }
    }

    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Whether an answer was wrong.
    pub(crate) fn is_wrong(&self) -> bool {
        self.rows.iter().any(|row| !row.wrong.is_empty())
    }

    /// Whether a goal was missed.
    pub(crate) fn misses(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.lines).flat_map(|line| &line.goals).any(|goal| !goal.met)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Machine { processor, cores } = &self.machine;
        writeln!(f, "{processor}, {cores} cores; median [least to most] of the rounds")?;
        for row in &self.rows {
            writeln!(f, "\n## {}\n\n{}", row.name, table(&row.lines))?;
            for note in &row.notes {
                writeln!(f, "- {note}")?;
            }
            if let Some(busy) = row.busy_before_percent {
                writeln!(f, "- Before it began, others took {busy} % of the machine.")?;
            }
            writeln!(f, "- {} answers were checked, {} were wrong.", row.checked, row.wrong.len())?;
            for wrong in &row.wrong {
                writeln!(f, "  - WRONG: {wrong}")?;
            }
        }
        if self.scale == Scale::Quick {
            writeln!(f, "\nThis was a quick run: it shows that everything works, not how fast it is.")?;
        }
        Ok(())
    }
}

fn table(lines: &[Line]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header(["what", "Spotter", "yardstick", "ratio", "goal", ""]);
    for line in lines {
        let goals: Vec<&str> = line.goals.iter().map(|goal| goal.what.as_str()).collect();
        let met: Vec<&str> = line.goals.iter().map(|goal| if goal.met { "met" } else { "MISSED" }).collect();
        table.add_row([
            line.case.clone(),
            series(&line.work),
            line.yardstick.as_ref().map_or_else(String::new, series),
            line.ratio.as_ref().map_or_else(String::new, spread),
            goals.join("; "),
            met.join("; "),
        ]);
    }
    for column in table.column_iter_mut().skip(1).take(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn series(series: &Series) -> String {
    format!("{} {} {}", spread(&series.spread), series.unit, series.what)
}

fn spread(spread: &Spread) -> String {
    let Spread { median, least, most } = *spread;
    let digits = match median {
        ..1.0 => 3,
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{median:.digits$} [{least:.digits$} to {most:.digits$}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(work: f64, wrong: Vec<String>) -> Report {
        let series = |figure| Series::new("in all", "ms", vec![figure]);
        let line =
            Line::new("a case", series(work), series(2.0)).goal("at most 5 x", |line| line.times() <= 5.0);
        let mut report = Report::new(Machine { processor: "a loom".into(), cores: 2 }, Scale::Full);
        let notes = vec!["woven".into()];
        report.add(Row {
            name: "row",
            busy_before_percent: Some(3),
            lines: vec![line],
            notes,
            checked: 7,
            wrong,
        });
        report
    }

    #[test]
    fn a_missed_goal_is_told_and_is_no_wrong_answer() {
        let missed = report(11.0, Vec::new());
        assert!(missed.misses() && !missed.is_wrong());
        let text = missed.to_string();
        assert!(text.contains("5.50 [5.50 to 5.50]") && text.contains("MISSED"), "{text}");
        assert!(!report(10.0, Vec::new()).misses());
    }

    #[test]
    fn what_has_no_yardstick_has_no_ratio() {
        let line = Line::alone("a case", Series::new("in all", "ms", vec![3.0]))
            .goal("at most 5 ms", |line| line.work.spread.median <= 5.0)
            .goal("at most 5 x", |line| line.times() <= 5.0);
        let met: Vec<bool> = line.goals.iter().map(|goal| goal.met).collect();
        assert_eq!(met, [true, false]);
        assert!(table(&[line]).to_string().contains("3.00 [3.00 to 3.00] ms in all"));
    }

    #[test]
    fn a_wrong_answer_is_told() {
        let wrong = report(1.0, vec!["one and one are three".into()]);
        assert!(wrong.is_wrong());
        assert!(wrong.to_string().contains("WRONG: one and one are three"));
    }

    #[test]
    fn everything_is_in_the_json() {
        let json = serde_json::to_value(report(11.0, Vec::new())).unwrap();
        assert_eq!(json["rows"][0]["lines"][0]["goals"][0]["met"], false);
        assert_eq!(json["rows"][0]["lines"][0]["work"]["rounds"][0], 11.0);
        assert_eq!(json["scale"], "full");
    }
}

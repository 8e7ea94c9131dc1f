//! One row of a file: a set, and what is said about the workout session and the exercise that it belongs to.

use spotter_domain::workout::{ExportFormat, Reps, Rpe, Set, SetDuration, SetKind, WeightUnit};

use super::layout::{Layout, Zero};
use super::numbers::{decimal, rounded, whole};
use super::records::Fields;
use super::text::quoted;
use super::units::{DistanceUnit, weight, weight_unit};

/// What a row says about its set.
#[derive(Debug)]
pub(super) struct Row {
    /// The set itself.
    pub(super) set: Set,
    /// The number of the set within its block, if it has one.
    pub(super) order: Option<i64>,
    /// The superset of its block.
    pub(super) superset: Option<u16>,
    /// What is wrong with it, but did not cost the set.
    pub(super) complaints: Vec<String>,
}

/// A field of a row as a problem names it.
#[derive(Clone, Copy)]
struct Field<'a> {
    name: &'static str,
    text: &'a str,
}

impl Field<'_> {
    fn refused(self, why: impl std::fmt::Display) -> String {
        format!("{} {} {why}; the set is left out.", self.name, quoted(self.text))
    }

    /// The number that is written here, if one is.
    fn number(self, zero: Zero) -> Result<Option<f64>, String> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let number = decimal(self.text).ok_or_else(|| self.refused("is no number"))?;
        Ok(Some(number).filter(|&number| zero == Zero::Number || number != 0.0))
    }

    /// The whole number that is written here, if one is.
    fn whole(self) -> Result<Option<i64>, String> {
        if self.text.is_empty() {
            return Ok(None);
        }
        whole(self.text).map(Some).ok_or_else(|| self.refused("is no whole number"))
    }
}

/// Reads a row's set. None if the row is about a rest, or says itself that it is about no set.
///
/// What costs the set is the error, as a sentence.
pub(super) fn read(fields: Fields<'_>, layout: &Layout, unit: WeightUnit) -> Result<Option<Row>, String> {
    let mut complaints = Vec::new();
    let (kind, order) = match layout.format {
        ExportFormat::Hevy => hevy_kind_and_order(fields, layout, &mut complaints),
        ExportFormat::Strong | ExportFormat::Spotter => {
            let text = fields.at(layout.columns.order);
            if text.eq_ignore_ascii_case("rest timer") {
                return Ok(None);
            }
            strong_kind_and_order(Field { name: "The set order", text })?
        }
    };
    let mut set = Set { kind, ..Set::default() };
    measure(&mut set, fields, layout, unit)?;
    set.rpe = rpe(fields, layout, &mut complaints);
    let superset = superset(fields, layout, &mut complaints);
    Ok(Some(Row { set, order, superset, complaints }))
}

fn strong_kind_and_order(field: Field<'_>) -> Result<(SetKind, Option<i64>), String> {
    match field.text {
        "" => Ok((SetKind::Normal, None)),
        "W" | "w" => Ok((SetKind::Warmup, None)),
        "D" | "d" => Ok((SetKind::Drop, None)),
        "F" | "f" => Ok((SetKind::Failure, None)),
        text => match whole(text) {
            Some(order) if order >= 0 => Ok((SetKind::Normal, Some(order))),
            _ => Err(field.refused("is neither a number nor W, D, F or Rest Timer")),
        },
    }
}

/// A kind or an index that can't be read costs no set: what was lifted is known all the same.
fn hevy_kind_and_order(
    fields: Fields<'_>,
    layout: &Layout,
    complaints: &mut Vec<String>,
) -> (SetKind, Option<i64>) {
    let word = fields.at(layout.columns.kind);
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    let kind = if word.is_empty() || is("normal") {
        SetKind::Normal
    } else if is("warmup") {
        SetKind::Warmup
    } else if is("dropset") {
        SetKind::Drop
    } else if is("failure") {
        SetKind::Failure
    } else {
        complaints
            .push(format!("The set type {} is not known; the set counts as a normal one.", quoted(word)));
        SetKind::Normal
    };
    let index = fields.at(layout.columns.order);
    let order = whole(index);
    if order.is_none() && !index.is_empty() {
        complaints.push(format!("The set index {} is no whole number; it is ignored.", quoted(index)));
    }
    (kind, order)
}

/// Reads what was lifted, how often, how far and how long.
fn measure(set: &mut Set, fields: Fields<'_>, layout: &Layout, unit: WeightUnit) -> Result<(), String> {
    let columns = &layout.columns;
    let weighed_in = fields.at(columns.weight_unit);
    let field = Field { name: "The weight", text: fields.at(columns.weight) };
    if let Some(number) = field.number(layout.zero)? {
        let unit = if weighed_in.is_empty() {
            layout.weight_in.unwrap_or(unit)
        } else {
            let named = Field { name: "The unit of weight", text: weighed_in };
            weight_unit(weighed_in).ok_or_else(|| named.refused("is neither kg nor lb"))?
        };
        set.weight = Some(weight(number, unit).map_err(|why| field.refused(why))?);
    }
    let field = Field { name: "The number of repetitions", text: fields.at(columns.reps) };
    if let Some(number) = field.whole()? {
        set.reps = Some(Reps::new(number).map_err(|why| field.refused(why))?);
    }
    let measured_in = fields.at(columns.distance_unit);
    let field = Field { name: "The distance", text: fields.at(columns.distance) };
    if let Some(number) = field.number(layout.zero)? {
        let unit = if measured_in.is_empty() {
            layout.distance_in.unwrap_or(DistanceUnit::beside(unit))
        } else {
            let named = Field { name: "The unit of distance", text: measured_in };
            DistanceUnit::named(measured_in)
                .ok_or_else(|| named.refused("is none of m, km, mi, yd and ft"))?
        };
        set.distance = Some(unit.distance(number).map_err(|why| field.refused(why))?);
    }
    let field = Field { name: "The number of seconds", text: fields.at(columns.seconds) };
    if let Some(number) = field.number(layout.zero)? {
        set.duration = Some(SetDuration::from_seconds(rounded(number)).map_err(|why| field.refused(why))?);
    }
    // A lift that failed has a weight and no repetition. Beside anything else, or alone, a zero stands for nothing.
    let another = set.distance.is_some() || set.duration.is_some() || set.weight.is_none();
    if layout.zero == Zero::Nothing && another && set.reps.is_some_and(|reps| reps.get() == 0) {
        set.reps = None;
    }
    Ok(())
}

/// A rating that can't be one costs no set.
fn rpe(fields: Fields<'_>, layout: &Layout, complaints: &mut Vec<String>) -> Option<Rpe> {
    let text = fields.at(layout.columns.rpe);
    if text.is_empty() {
        return None;
    }
    let number = decimal(text);
    // No zero is a rating; Strong writes one where there is none.
    if layout.format == ExportFormat::Strong && number == Some(0.0) {
        return None;
    }
    let rpe = number.and_then(|number| Rpe::new(number).ok());
    if rpe.is_none() {
        complaints.push(format!(
            "The RPE {} is none of 1 to 10 in steps of 0.5; the set is taken over without it.",
            quoted(text)
        ));
    }
    rpe
}

fn superset(fields: Fields<'_>, layout: &Layout, complaints: &mut Vec<String>) -> Option<u16> {
    let text = fields.at(layout.columns.superset);
    if text.is_empty() {
        return None;
    }
    let superset = whole(text).and_then(|number| u16::try_from(number).ok());
    if superset.is_none() {
        complaints.push(format!(
            "The superset {} is no number from 0 to 65535; the set is taken over without it.",
            quoted(text)
        ));
    }
    superset
}

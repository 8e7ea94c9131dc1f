//! Which column of a file means what.

use spotter_domain::workout::{ExportFormat, WeightUnit};

use super::units::{DistanceUnit, weight_unit};

/// What a zero means where a number is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Zero {
    /// Zero.
    #[default]
    Number,
    /// That the number does not apply, as in the older exports of Strong.
    Nothing,
}

/// The columns of a file, each with its index if the file has it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Columns {
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    /// How long the workout session took.
    pub(super) length: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) session_notes: Option<usize>,
    pub(super) exercise: Option<usize>,
    pub(super) superset: Option<usize>,
    pub(super) block_notes: Option<usize>,
    /// The number of the set within its block; in Strong also its kind.
    pub(super) order: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) weight: Option<usize>,
    pub(super) weight_unit: Option<usize>,
    pub(super) reps: Option<usize>,
    pub(super) rpe: Option<usize>,
    pub(super) distance: Option<usize>,
    pub(super) distance_unit: Option<usize>,
    pub(super) seconds: Option<usize>,
}

/// How the rows of a file are laid out.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    /// Whose export it is.
    pub(super) format: ExportFormat,
    /// How many fields a row has.
    pub(super) width: usize,
    /// Where what is.
    pub(super) columns: Columns,
    /// The unit of weight that the header names.
    pub(super) weight_in: Option<WeightUnit>,
    /// The unit of distance that the header names.
    pub(super) distance_in: Option<DistanceUnit>,
    /// What a zero means.
    pub(super) zero: Zero,
}

impl Layout {
    /// Recognises a header by the names of its columns, whatever their order and case. Without a start and an
    /// exercise it is none.
    pub(super) fn recognise<'a>(names: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut names: Vec<String> = names.map(|name| name.trim().to_lowercase()).collect();
        if let Some(first) = names.first_mut()
            && let Some(rest) = first.strip_prefix('\u{FEFF}')
        {
            // What reads CSV takes quotes behind such a mark for part of the text.
            *first = rest.trim().trim_matches('"').to_owned();
        }
        Self::hevy(&names).or_else(|| Self::strong(&names))
    }

    fn hevy(names: &[String]) -> Option<Self> {
        let mut columns = Columns::default();
        let mut weight_in = None;
        let mut distance_in = None;
        for (index, name) in names.iter().enumerate() {
            let (place, unit) = match name.as_str() {
                "title" => (&mut columns.title, ""),
                "start_time" => (&mut columns.start, ""),
                "end_time" => (&mut columns.end, ""),
                "description" => (&mut columns.session_notes, ""),
                "exercise_title" => (&mut columns.exercise, ""),
                "superset_id" => (&mut columns.superset, ""),
                "exercise_notes" => (&mut columns.block_notes, ""),
                "set_index" => (&mut columns.order, ""),
                "set_type" => (&mut columns.kind, ""),
                "reps" => (&mut columns.reps, ""),
                "duration_seconds" => (&mut columns.seconds, ""),
                "rpe" => (&mut columns.rpe, ""),
                name => match name.split_once('_') {
                    Some(("weight", unit)) if weight_unit(unit).is_some() => (&mut columns.weight, unit),
                    Some(("distance", unit)) if DistanceUnit::named(unit).is_some() => {
                        (&mut columns.distance, unit)
                    }
                    _ => continue,
                },
            };
            if place.is_none() {
                *place = Some(index);
                weight_in = weight_in.or(weight_unit(unit));
                distance_in = distance_in.or(DistanceUnit::named(unit));
            }
        }
        (columns.start.is_some() && columns.exercise.is_some()).then_some(Self {
            format: ExportFormat::Hevy,
            width: names.len(),
            columns,
            weight_in,
            distance_in,
            zero: Zero::Number,
        })
    }

    fn strong(names: &[String]) -> Option<Self> {
        let mut columns = Columns::default();
        let mut weight_in = None;
        let mut distance_in = None;
        let mut zero = Zero::Nothing;
        for (index, name) in names.iter().enumerate() {
            let (name, unit) = match name.split_once('(') {
                Some((name, unit)) => (name.trim(), unit.trim_end_matches(')').trim()),
                None => (name.as_str(), ""),
            };
            let place = match name {
                "date" => &mut columns.start,
                "workout name" => &mut columns.title,
                "duration" | "workout duration" => &mut columns.length,
                "workout notes" => &mut columns.session_notes,
                "exercise name" => &mut columns.exercise,
                "notes" => &mut columns.block_notes,
                "set order" => &mut columns.order,
                "weight" => &mut columns.weight,
                "weight unit" => &mut columns.weight_unit,
                "reps" => &mut columns.reps,
                "rpe" => &mut columns.rpe,
                "distance" => &mut columns.distance,
                "distance unit" => &mut columns.distance_unit,
                "seconds" => &mut columns.seconds,
                _ => continue,
            };
            if place.is_none() {
                *place = Some(index);
                // The exports that leave empty what does not apply are those that name units in their header.
                if !unit.is_empty() {
                    zero = Zero::Number;
                }
                match name {
                    "weight" => weight_in = weight_unit(unit),
                    "distance" => distance_in = DistanceUnit::named(unit),
                    _ => {}
                }
            }
        }
        (columns.start.is_some() && columns.exercise.is_some()).then_some(Self {
            format: ExportFormat::Strong,
            width: names.len(),
            columns,
            weight_in,
            distance_in,
            zero,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(header: &str) -> Option<Layout> {
        Layout::recognise(header.split(','))
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_case() {
        let layout = recognised(" EXERCISE_TITLE,colour,Start_Time,weight_lbs,distance_miles").unwrap();
        assert_eq!((layout.format, layout.width), (ExportFormat::Hevy, 5));
        assert_eq!((layout.columns.exercise, layout.columns.start), (Some(0), Some(2)));
        assert_eq!((layout.weight_in, layout.distance_in), (Some(WeightUnit::Lb), Some(DistanceUnit::Miles)));
    }

    #[test]
    fn strong_tells_its_units_in_three_ways() {
        let old = recognised("Date,Exercise Name,Weight,Distance").unwrap();
        assert_eq!((old.weight_in, old.distance_in, old.zero), (None, None, Zero::Nothing));
        let android = recognised("Date,Exercise Name,Weight,Weight Unit,Distance,Distance Unit").unwrap();
        assert_eq!((android.columns.weight_unit, android.columns.distance_unit), (Some(3), Some(5)));
        let new = recognised("Workout #,Date,Exercise Name,Weight (lb),Distance (meters)").unwrap();
        assert_eq!(new.weight_in, Some(WeightUnit::Lb));
        assert_eq!((new.distance_in, new.zero), (Some(DistanceUnit::Metres), Zero::Number));
    }

    #[test]
    fn of_two_columns_of_one_name_the_first_counts() {
        assert_eq!(recognised("Date,Exercise Name,Notes,Notes").unwrap().columns.block_notes, Some(2));
    }

    #[test]
    fn without_a_start_or_an_exercise_it_is_no_header() {
        assert!(recognised("Date,Workout Name,Set Order").is_none());
        assert!(recognised("title,exercise_title").is_none());
    }
}

//! Reading workout sessions of the document. What is wrong with a set costs that set, and no other.

use std::collections::HashMap;

use serde_json::value::RawValue;
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::limits::{MOST_BLOCKS, MOST_SETS};
use spotter_domain::workout::{Distance, Reps, Rpe, Set, SetDuration, SetKind, Weight};
use spotter_domain::{Invalid, Timestamp};

use super::fields::{Fault, Object, array, number, text, whole};
use super::parts::Parts;
use super::reading::{Place, Reading, superset, template_number};
use crate::workout::interchange::{Ended, ParsedBlock, ParsedSession, WrittenTime};

/// The names of exercises, each once.
#[derive(Default)]
pub(super) struct Names {
    pub(super) list: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    fn place(&mut self, name: &ExerciseName) -> u32 {
        if let Some(place) = self.places.get(name.as_str()) {
            return *place;
        }
        // A document has fewer bytes than there are numbers.
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(name.as_str().to_owned());
        self.places.insert(name.as_str().to_owned(), place);
        place
    }
}

/// An exercise of a workout session whose sets are not read yet.
struct RawBlock<'a> {
    fields: Object<'a, 4>,
    sets: Parts<'a>,
}

impl<'a> RawBlock<'a> {
    fn read(raw: &'a RawValue) -> Result<Self, Fault> {
        let fields = Object::read(raw, ["exercise_name", "superset", "notes", "sets"])?;
        let sets = fields.required("sets", array)?;
        Ok(Self { fields, sets })
    }
}

impl Reading<'_> {
    /// A workout session.
    pub(super) fn session(&mut self, raw: &RawValue, names: &mut Names) -> Option<ParsedSession> {
        let place = self.place(raw, "workout session");
        let read = self.session_at(place, raw, names);
        self.unless_left_out(place, read)
    }

    fn session_at(
        &mut self,
        place: Place,
        raw: &RawValue,
        names: &mut Names,
    ) -> Result<ParsedSession, Fault> {
        const FIELDS: [&str; 6] = ["title", "notes", "started_at", "ended_at", "template", "exercises"];
        let object = Object::read(raw, FIELDS)?;
        let started = WrittenTime::Instant(object.required("started_at", instant)?);
        let raw_blocks = object.required("exercises", array)?;
        let too_many = || {
            Fault::whole(format!(
                "that begins here has more than {MOST_BLOCKS} exercises or {MOST_SETS} sets"
            ))
        };
        if raw_blocks.0.len() > MOST_BLOCKS {
            return Err(too_many());
        }
        let read = raw_blocks.0.into_iter().map(|raw| (raw, RawBlock::read(raw)));
        let blocks: Vec<(&RawValue, Result<RawBlock<'_>, Fault>)> = read.collect();
        // What is wrong with the sets of too many would only hide that.
        let sets = blocks.iter().filter_map(|(_, block)| Some(block.as_ref().ok()?.sets.0.len()));
        if sets.sum::<usize>() > MOST_SETS {
            return Err(too_many());
        }
        let ended = self.or_without(place, object.optional("ended_at", instant));
        Ok(ParsedSession {
            line: place.line,
            title: self.title(place, &object),
            started,
            ended: ended.map(|end| Ended::At(WrittenTime::Instant(end))),
            notes: self.notes(place, &object),
            template: self.or_without(place, object.optional("template", template_number)),
            blocks: blocks.into_iter().filter_map(|(raw, block)| self.block(raw, block, names)).collect(),
        })
    }

    fn block(
        &mut self,
        raw: &RawValue,
        block: Result<RawBlock<'_>, Fault>,
        names: &mut Names,
    ) -> Option<ParsedBlock> {
        let place = self.place(raw, "exercise");
        let checked = block.and_then(|RawBlock { fields, sets }| {
            Ok((self.name(place, &fields, "exercise_name")?, fields, sets))
        });
        let left_out = "the exercise is left out with its sets";
        let (name, fields, sets) = self.or_told(place, checked.map(Some), left_out)?;
        Some(ParsedBlock {
            line: place.line,
            name: names.place(&name),
            superset: self.or_without(place, fields.optional("superset", superset)),
            notes: self.notes(place, &fields),
            sets: sets.0.into_iter().filter_map(|raw| self.set(raw)).collect(),
        })
    }

    fn set(&mut self, raw: &RawValue) -> Option<Set> {
        const FIELDS: [&str; 6] = ["kind", "weight_kg", "reps", "rpe", "distance_m", "duration_s"];
        let place = self.place(raw, "set");
        let measured = Object::read(raw, FIELDS).and_then(|object| Ok((measured(&object)?, object)));
        let (set, object) = self.unless_left_out(place, measured)?;
        let kind = object.optional("kind", |raw| {
            text(raw)
                .and_then(|word| SetKind::parse(&word))
                .map_err(|_| Invalid::new("must be normal, warmup, drop or failure"))
        });
        let kind = self.or_told(place, kind, "the set counts as a normal one");
        let rpe = object.optional("rpe", |raw| {
            number(raw).and_then(Rpe::new).map_err(|_| Invalid::new("must be 1 to 10 in steps of 0.5"))
        });
        Some(Set { kind: kind.unwrap_or_default(), rpe: self.or_without(place, rpe), ..set })
    }
}

/// What was lifted, how often, how far and how long: a set of which one of these is wrong is none.
fn measured(object: &Object<'_, 6>) -> Result<Set, Fault> {
    let seconds = |raw| SetDuration::from_seconds(whole(raw)?);
    Ok(Set {
        weight: object.optional("weight_kg", |raw| Weight::from_kilograms(number(raw)?))?,
        reps: object.optional("reps", |raw| Reps::new(whole(raw)?))?,
        distance: object.optional("distance_m", |raw| Distance::from_metres(number(raw)?))?,
        duration: object.optional("duration_s", seconds)?,
        ..Set::default()
    })
}

fn instant(raw: &RawValue) -> Result<Timestamp, Invalid> {
    let time = text(raw).ok().and_then(|text| text.parse().ok());
    time.ok_or_else(|| Invalid::new("must be a time such as 2026-04-08T16:50:00Z"))
}

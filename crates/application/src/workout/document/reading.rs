//! Reading an exercise of the document, and what all of its parts have in common: where a part stands, and what
//! becomes of texts that have to be mended.

use serde_json::value::RawValue;
use spotter_domain::Invalid;
use spotter_domain::text::{ExerciseName, Notes, Title};
use spotter_domain::workout::{
    Equipment, Force, ImportProblems, LoadKind, Mechanic, Muscle, Muscles, NameKey, Traits,
};

use super::fields::{Fault, Object, small, text};
use super::parts::Lines;
use crate::workout::interchange::{LinesOfText, MOST_OF_NAME, mended, mended_notes};

/// A document while it is read: the lines of its parts, and what is wrong with them.
pub(super) struct Reading<'a> {
    lines: Lines<'a>,
    pub(super) problems: ImportProblems,
}

impl<'a> Reading<'a> {
    pub(super) fn of(json: &'a [u8]) -> Self {
        Self { lines: Lines::of(json), problems: ImportProblems::default() }
    }

    /// The place of a part, which is told as a `what`.
    pub(super) fn place(&mut self, part: &RawValue, what: &'static str) -> Place {
        Place { line: self.lines.of_part(part.get()), what }
    }

    /// What was read of a part, unless its fault costs all of it.
    pub(super) fn unless_left_out<T>(&mut self, place: Place, read: Result<T, Fault>) -> Option<T> {
        let left_out = format!("the {} is left out", place.what);
        self.or_told(place, read.map(Some), &left_out)
    }

    /// What was read of a field, whose fault costs no more than itself.
    pub(super) fn or_without<T>(&mut self, place: Place, read: Result<Option<T>, Fault>) -> Option<T> {
        let without = format!("the {} is taken over without it", place.what);
        self.or_told(place, read, &without)
    }

    /// What was read; of a fault it is told what becomes of it.
    pub(super) fn or_told<T>(
        &mut self,
        place: Place,
        read: Result<Option<T>, Fault>,
        becomes: &str,
    ) -> Option<T> {
        read.unwrap_or_else(|fault| {
            let whose = format!("The {}", place.what);
            self.problems.note(place.line, format!("{}; {becomes}.", fault.of(&whose)));
            None
        })
    }

    /// A title, mended where it has to be.
    pub(super) fn title<const N: usize>(&mut self, place: Place, object: &Object<'_, N>) -> Option<Title> {
        let title = self.or_without(place, object.optional("title", text))?;
        let (title, how) = mended(&title, MOST_OF_NAME, LinesOfText::One);
        self.tell(place, how.complaint(&format!("The {}'s title", place.what)));
        Title::parse(&title).ok()
    }

    /// Notes, mended where they have to be.
    pub(super) fn notes<const N: usize>(&mut self, place: Place, object: &Object<'_, N>) -> Option<Notes> {
        let notes = self.or_without(place, object.optional("notes", text))?;
        let (notes, how) = mended_notes(&notes);
        self.tell(place, how.complaint(&format!("The {}'s note", place.what)));
        notes
    }

    /// The name of an exercise, mended where it has to be.
    pub(super) fn name<const N: usize>(
        &mut self,
        place: Place,
        object: &Object<'_, N>,
        field: &'static str,
    ) -> Result<ExerciseName, Fault> {
        let (name, how) = mended(&object.required(field, text)?, MOST_OF_NAME, LinesOfText::One);
        let nameless = || Fault::field(field, "must have a letter or a digit");
        // Nothing could find an exercise again whose name has neither.
        let name = ExerciseName::parse(&name).map_err(|_| nameless())?;
        if NameKey::of(name.as_str()).as_str().is_empty() {
            return Err(nameless());
        }
        self.tell(place, how.complaint("The exercise's name"));
        Ok(name)
    }

    fn tell(&mut self, place: Place, complaint: Option<String>) {
        if let Some(complaint) = complaint {
            self.problems.note(place.line, complaint);
        }
    }

    /// An exercise of the person's own.
    pub(super) fn exercise(&mut self, raw: &RawValue) -> Option<(ExerciseName, Traits)> {
        let place = self.place(raw, "exercise");
        let read = self.described(place, raw);
        self.unless_left_out(place, read)
    }

    fn described(&mut self, place: Place, raw: &RawValue) -> Result<(ExerciseName, Traits), Fault> {
        const FIELDS: [&str; 7] =
            ["name", "primary_muscles", "secondary_muscles", "equipment", "mechanic", "force", "load"];
        let object = Object::read(raw, FIELDS)?;
        let assumed = Traits::default();
        let muscles = |field| -> Result<Muscles, Fault> {
            let muscles = object.list(field, |raw| Muscle::parse(&text(raw)?))?;
            Ok(muscles.unwrap_or_default().into_iter().collect())
        };
        let traits = Traits {
            primary: muscles("primary_muscles")?,
            secondary: muscles("secondary_muscles")?,
            equipment: object
                .optional("equipment", |raw| Equipment::parse(&text(raw)?))?
                .unwrap_or(assumed.equipment),
            mechanic: object.optional("mechanic", |raw| Mechanic::parse(&text(raw)?))?,
            force: object.optional("force", |raw| Force::parse(&text(raw)?))?,
            load: object.optional("load", |raw| LoadKind::parse(&text(raw)?))?.unwrap_or(assumed.load),
        };
        Ok((self.name(place, &object, "name")?, traits))
    }
}

/// Where a part stands, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) what: &'static str,
}

/// Reads the number of exercises that are done in turn.
pub(super) fn superset(raw: &RawValue) -> Result<u16, Invalid> {
    small(raw, "must be a whole number from 0 to 65535")
}

/// Reads the number by which workout sessions call a template.
pub(super) fn template_number(raw: &RawValue) -> Result<u32, Invalid> {
    small(raw, "must be a whole number from 0 to 4294967295")
}

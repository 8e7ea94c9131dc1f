//! Text of bounded length, as people type it.

use crate::Invalid;

/// Whether a text may run over several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    One,
    Many,
}

/// Trims `text` and checks its length in characters and that it holds no control characters.
pub(crate) fn checked(text: &str, min: usize, max: usize, lines: Lines) -> Result<String, Invalid> {
    let trimmed = text.trim();
    let length = trimmed.chars().count();
    if length < min || length > max {
        return Err(Invalid::new(format!("must have {min} to {max} characters, has {length}")));
    }
    let allowed = |c: char| !c.is_control() || (lines == Lines::Many && matches!(c, '\n' | '\r' | '\t'));
    if trimmed.chars().all(allowed) {
        Ok(trimmed.to_owned())
    } else {
        Err(Invalid::new("must not contain control characters"))
    }
}

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident($min:literal..=$max:literal, $lines:ident)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Trims and checks a text.
            ///
            /// # Errors
            ///
            /// [`Invalid`] when the length is out of bounds or a control character is in it.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                checked(text, $min, $max, Lines::$lines).map(Self)
            }

            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

text_types! {
    /// How a person wants to be called, 1 to 100 characters.
    DisplayName(1..=100, One),
    /// The name of a club, 1 to 120 characters.
    ClubName(1..=120, One),
    /// The title of an event, 1 to 200 characters.
    Title(1..=200, One),
    /// What an event is about, up to 10,000 characters on any number of lines.
    Description(0..=10_000, Many),
    /// Where an event takes place, up to 300 characters.
    Location(0..=300, One),
    /// What a person calls an API key, 1 to 100 characters.
    KeyName(1..=100, One),
    /// What an exercise is called, 1 to 200 characters.
    ExerciseName(1..=200, One),
    /// What a person writes about a workout session, a template or an exercise in one, 1 to 10,000 characters
    /// on any number of lines.
    Notes(1..=10_000, Many),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_counted_in_characters() {
        assert_eq!(Title::parse("  Früh-Yoga ").unwrap().as_str(), "Früh-Yoga");
        assert!(Title::parse("   ").is_err());
        assert!(Title::parse(&"ü".repeat(200)).is_ok());
        assert!(Title::parse(&"ü".repeat(201)).is_err());
    }

    #[test]
    fn control_characters_are_refused_but_line_breaks_may_be_allowed() {
        assert!(Title::parse("a\nb").is_err());
        assert!(Title::parse("a\0b").is_err());
        assert!(Description::parse("a\nb").is_ok());
        assert!(Description::parse("a\0b").is_err());
    }
}

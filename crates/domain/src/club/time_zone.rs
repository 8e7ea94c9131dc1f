//! Time zones by their IANA names.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// The name of a time zone of the IANA database, such as `Europe/Zurich`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeZoneName(String);

impl TimeZoneName {
    /// Looks a zone up and takes the database's own spelling of its name.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when the database has no such zone.
    pub fn parse(name: &str) -> Result<Self, Invalid> {
        let refused = || Invalid::new("must be a time zone of the IANA database such as Europe/Zurich");
        let zone = jiff::tz::TimeZone::get(name).map_err(|_| refused())?;
        zone.iana_name().map(|name| Self(name.to_owned())).ok_or_else(refused)
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_those_of_the_database() {
        assert_eq!(TimeZoneName::parse("Europe/Zurich").unwrap().as_str(), "Europe/Zurich");
        assert!(TimeZoneName::parse("UTC").is_ok());
        assert!(TimeZoneName::parse("Europe/Atlantis").is_err());
        assert!(TimeZoneName::parse("").is_err());
    }
}

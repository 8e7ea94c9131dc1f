//! The name of a club in addresses.

use crate::Invalid;

/// 2 to 63 lower-case letters, digits and inner hyphens: fit for a path and for a host name (RFC 1123).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Checks a slug.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it has another length or other characters.
    pub fn parse(slug: &str) -> Result<Self, Invalid> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let good = (2..=63).contains(&slug.len())
            && slug.bytes().all(allowed)
            && !slug.starts_with('-')
            && !slug.ends_with('-');
        if good {
            Ok(Self(slug.to_owned()))
        } else {
            Err(Invalid::new("must be 2 to 63 lower-case letters, digits and inner hyphens"))
        }
    }

    /// The slug itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_fit_paths_and_host_names() {
        for good in ["gym", "iron-works", "24h", "a1"] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "-gym", "gym-", "Gym", "a b", "a/b", "ü-gym", "a_b"] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
        assert!(Slug::parse(&"a".repeat(64)).is_err());
    }
}

//! E-mail addresses.

use crate::Invalid;

/// An e-mail address as its owner wrote it. Two addresses that differ only in case are one account's.
///
/// The check is deliberately coarse: one `@`, something before it, a domain with a dot behind it, no blanks,
/// at most 254 bytes (RFC 5321, section 4.5.3.1). Whether it works shows when something is sent to it.
/// Its `Debug` form hides it, so that it does not end up in a log.
#[derive(Clone)]
pub struct Email(String);

impl Email {
    /// Checks an address.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it can't be one.
    pub fn parse(address: &str) -> Result<Self, Invalid> {
        let address = address.trim();
        let refused = || Invalid::new("must be an e-mail address such as name@example.org");
        let (local, domain) = address.rsplit_once('@').ok_or_else(refused)?;
        let blank = |c: char| c.is_whitespace() || c.is_control();
        let labels_ok = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        let plausible = !local.is_empty()
            && local.len() <= 64
            && address.len() <= 254
            && !local.contains('@')
            && labels_ok
            && !address.contains(blank);
        if plausible { Ok(Self(address.to_owned())) } else { Err(refused()) }
    }

    /// The address as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which it is unique: lower case.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.0.to_lowercase()
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for Email {}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_coarsely() {
        for good in ["a@b.c", "First.Last+tag@Example.ORG", "ü@exämple.org"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.c", "a@", "a b@c.d", "a@b@c.d", "a@.c", "a@b.", "a@b..c", "a\0@b.c"] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Email::parse(&format!("{}@b.c", "a".repeat(65))).is_err());
    }

    #[test]
    fn case_does_not_make_another_address() {
        assert_eq!(Email::parse("Ada@Example.org").unwrap(), Email::parse("ada@example.ORG").unwrap());
    }

    #[test]
    fn debug_output_hides_the_address() {
        assert_eq!(format!("{:?}", Email::parse("ada@example.org").unwrap()), "Email(..)");
    }
}

//! Ids that follow from numbers, alike here and in both databases.

use sea_orm::DbBackend;
use uuid::Uuid;

/// A kind of thing, each with ids of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ids(u16);

impl Ids {
    pub(crate) const ACCOUNTS: Self = Self(0x8001);
    pub(crate) const CLUBS: Self = Self(0x8002);
    pub(crate) const EVENTS: Self = Self(0x8003);
    pub(crate) const EARLIER_EVENTS: Self = Self(0x8004);
    pub(crate) const EARLIER_REGISTRATIONS: Self = Self(0x8005);

    /// The id of a number.
    pub(crate) fn id(self, number: u64) -> Uuid {
        Uuid::from_u128(0x7000_u128 << 64 | u128::from(self.0) << 48 | u128::from(number))
    }

    /// The number of an id, if it is of this kind.
    pub(crate) fn number(self, id: Uuid) -> Option<u64> {
        let number = id.as_u128() & 0xffff_ffff_ffff;
        let number = u64::try_from(number).ok()?;
        (self.id(number) == id).then_some(number)
    }

    /// The id of a number as a literal.
    pub(crate) fn literal(self, backend: DbBackend, number: u64) -> String {
        let id = self.id(number);
        match backend {
            DbBackend::Postgres => format!("'{id}'::uuid"),
            _ => format!("x'{}'", id.simple()),
        }
    }

    /// The id of a number that is an expression of whole numbers.
    pub(crate) fn expression(self, backend: DbBackend, number: &str) -> String {
        match backend {
            DbBackend::Postgres => {
                format!("('00000000-0000-7000-{:x}-' || lpad(to_hex({number}), 12, '0'))::uuid", self.0)
            }
            _ => format!("unhex(printf('0000000000007000{:x}%012x', {number}))", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_wherever_it_is_made() {
        let id = Ids::EVENTS.id(0xabc);
        assert_eq!(id.to_string(), "00000000-0000-7000-8003-000000000abc");
        assert_eq!((Ids::EVENTS.number(id), Ids::ACCOUNTS.number(id)), (Some(0xabc), None));
        assert_eq!(Ids::EVENTS.literal(DbBackend::Sqlite, 0xabc), "x'00000000000070008003000000000abc'");
        let text = Ids::EVENTS.expression(DbBackend::Postgres, "7");
        assert_eq!(text, "('00000000-0000-7000-8003-' || lpad(to_hex(7), 12, '0'))::uuid");
        let text = Ids::EVENTS.expression(DbBackend::Sqlite, "7");
        assert_eq!(text, "unhex(printf('00000000000070008003%012x', 7))");
    }
}

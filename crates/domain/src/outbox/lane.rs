//! Lanes: the parts of the outbox that are delivered side by side.

use uuid::Uuid;

/// One of sixteen parts of the outbox. All messages of one aggregate are in the same lane, and a lane is in
/// one hand at a time: this is what keeps their order on any number of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane(u8);

impl Lane {
    /// How many there are. As many relays can work at once; a few are plenty.
    pub const COUNT: u8 = 16;

    /// Every lane.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// The lane of an aggregate: the last hexadecimal digit of its id, which is as good as random.
    #[must_use]
    pub const fn of(aggregate: Uuid) -> Self {
        Self(aggregate.as_bytes()[15] % Self::COUNT)
    }

    /// The lane of a number, if there is one.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number < Self::COUNT { Some(Self(number)) } else { None }
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// Some of the lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lanes(u16);

impl Lanes {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `lane` is one of them.
    #[must_use]
    pub const fn contains(self, lane: Lane) -> bool {
        self.0 & (1 << lane.0) != 0
    }

    /// With another one.
    #[must_use]
    pub const fn with(self, lane: Lane) -> Self {
        Self(self.0 | (1 << lane.0))
    }

    /// How many they are.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// They, by their numbers.
    pub fn iter(self) -> impl Iterator<Item = Lane> {
        Lane::all().filter(move |lane| self.contains(*lane))
    }
}

impl FromIterator<Lane> for Lanes {
    fn from_iter<I: IntoIterator<Item = Lane>>(lanes: I) -> Self {
        lanes.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_of_an_id_is_its_lane() {
        for (id, lane) in [(0x00, 0), (0x0f, 15), (0x10, 0), (0xab, 11)] {
            assert_eq!(Lane::of(Uuid::from_u128(id)).number(), lane, "{id:x}");
        }
        assert_eq!(Lane::new(15), Some(Lane(15)));
        assert_eq!(Lane::new(16), None);
    }

    #[test]
    fn lanes_are_a_set() {
        let some: Lanes = [3, 15, 3].into_iter().filter_map(Lane::new).collect();
        assert_eq!((some.count(), some.is_empty()), (2, false));
        assert_eq!(some.iter().map(Lane::number).collect::<Vec<_>>(), [3, 15]);
        assert!(some.contains(Lane(15)) && !some.contains(Lane(0)));
        assert_eq!(Lane::all().collect::<Lanes>().count(), 16);
    }
}

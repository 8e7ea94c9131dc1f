//! A table of what people own, in a table of each person's own.

use std::collections::BTreeMap;
use std::ops::Bound;

use spotter_domain::id::AccountId;

use crate::table::Table;

/// Rows by person and key. The first write after a snapshot copies that person's rows and nobody else's.
#[derive(Debug)]
pub(crate) struct Owned<K, V>(Table<AccountId, Table<K, V>>);

impl<K, V> Clone for Owned<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, V> Default for Owned<K, V> {
    fn default() -> Self {
        Self(Table::default())
    }
}

impl<K: Ord, V> Owned<K, V> {
    /// A row of a person.
    pub(crate) fn get(&self, account: AccountId, key: &K) -> Option<&V> {
        self.0.get(&account)?.get(key)
    }

    /// The row of that key, whoever's it is.
    pub(crate) fn anybodys(&self, key: &K) -> Option<&V> {
        self.0.values().find_map(|rows| rows.get(key))
    }

    /// The rows of all people.
    pub(crate) fn everybodys(&self) -> impl Iterator<Item = &V> {
        self.0.values().flat_map(|rows| rows.values())
    }

    /// The rows of a person by key.
    pub(crate) fn of(&self, account: AccountId) -> impl DoubleEndedIterator<Item = &V> {
        self.0.get(&account).into_iter().flat_map(|rows| rows.values())
    }

    /// The rows of a person by key, from the first after `after` on.
    pub(crate) fn after(&self, account: AccountId, after: Option<K>) -> impl Iterator<Item = &V> {
        let first = after.map_or(Bound::Unbounded, Bound::Excluded);
        let rows = self.0.get(&account).map(|rows| rows.range((first, Bound::Unbounded)));
        rows.into_iter().flatten().map(|(_, row)| row)
    }
}

impl<K: Clone + Ord, V: Clone> Owned<K, V> {
    /// The rows of a person, to write.
    pub(crate) fn rows_mut(&mut self, account: AccountId) -> &mut BTreeMap<K, V> {
        self.0.entry(account).or_default()
    }

    /// A row of a person, to write.
    pub(crate) fn get_mut(&mut self, account: AccountId, key: &K) -> Option<&mut V> {
        self.rows_mut(account).get_mut(key)
    }

    /// Writes a row of a person over the one before.
    pub(crate) fn insert(&mut self, account: AccountId, key: K, row: V) -> Option<V> {
        self.rows_mut(account).insert(key, row)
    }

    /// Deletes a row of a person.
    pub(crate) fn remove(&mut self, account: AccountId, key: &K) -> Option<V> {
        self.rows_mut(account).remove(key)
    }
}

#[cfg(test)]
mod tests {
    use spotter_domain::id::AccountId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn everybody_has_rows_of_their_own() {
        let [ada, bob]: [AccountId; 2] = [1, 2].map(|number| Uuid::from_u128(number).into());
        let mut original = Owned::default();
        for number in 1..=3 {
            original.insert(ada, number, number * 10);
        }
        let mut copy = original.clone();
        copy.insert(bob, 2, 99);
        copy.remove(ada, &1);
        assert_eq!(original.of(ada).copied().collect::<Vec<_>>(), [10, 20, 30]);
        assert_eq!(original.after(ada, Some(1)).copied().collect::<Vec<_>>(), [20, 30]);
        assert_eq!((copy.get(ada, &1), copy.get(bob, &2), original.get(bob, &2)), (None, Some(&99), None));
        assert_eq!((copy.anybodys(&3), copy.anybodys(&4)), (Some(&30), None));
    }
}

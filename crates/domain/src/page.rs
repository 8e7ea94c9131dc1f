//! Pages of lists: a bounded number of items and where the next page begins.

use serde::{Deserialize, Serialize};

/// How many items a page may hold: 1 to 200, 50 unless told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u16);

impl Limit {
    /// The most items that one page holds.
    pub const MAX: u16 = 200;

    /// A limit as asked for: larger than [`Limit::MAX`] is cut down, zero becomes one.
    #[must_use]
    pub fn clamped(asked: u64) -> Self {
        Self(u16::try_from(asked).unwrap_or(Self::MAX).clamp(1, Self::MAX))
    }

    /// The number of items.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// One more than the page holds: fetching that many tells whether there is a next page.
    #[must_use]
    pub fn with_lookahead(self) -> u64 {
        u64::from(self.0) + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

/// Which page of a list is wanted; `C` names the last item of the page before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest<C> {
    /// The most items wanted.
    pub limit: Limit,
    /// The item after which the page begins; the beginning of the list without it.
    pub after: Option<C>,
}

impl<C> Default for PageRequest<C> {
    fn default() -> Self {
        Self { limit: Limit::default(), after: None }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T, C> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// What the next page begins after; nothing on the last page.
    pub next: Option<C>,
}

impl<T, C> Page<T, C> {
    /// Makes a page of rows that were fetched with [`Limit::with_lookahead`]: the surplus row is dropped
    /// and the last one kept becomes the next page's cursor.
    pub fn from_lookahead(mut rows: Vec<T>, limit: Limit, cursor: impl FnOnce(&T) -> C) -> Self {
        let more = rows.len() > usize::from(limit.get());
        rows.truncate(usize::from(limit.get()));
        let next = if more { rows.last().map(cursor) } else { None };
        Self { items: rows, next }
    }

    /// The same page with every item mapped.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U, C> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_cut_down_to_what_is_allowed() {
        assert_eq!(Limit::clamped(0).get(), 1);
        assert_eq!(Limit::clamped(7).get(), 7);
        assert_eq!(Limit::clamped(1_000_000).get(), 200);
    }

    #[test]
    fn the_lookahead_row_is_not_shown_but_makes_a_cursor() {
        let page = Page::from_lookahead(vec![1, 2, 3], Limit::clamped(2), |last| *last);
        assert_eq!(page, Page { items: vec![1, 2], next: Some(2) });
        let page = Page::from_lookahead(vec![1, 2], Limit::clamped(2), |last| *last);
        assert_eq!(page, Page { items: vec![1, 2], next: None });
    }
}

//! Cutting pages out of ordered rows.

use spotter_domain::page::{Limit, Page};

/// The page that begins with the first of `rows`.
pub(crate) fn page<T, C>(
    rows: impl Iterator<Item = T>,
    limit: Limit,
    cursor: impl FnOnce(&T) -> C,
) -> Page<T, C> {
    let wanted = usize::from(limit.get()) + 1;
    Page::from_lookahead(rows.take(wanted).collect(), limit, cursor)
}

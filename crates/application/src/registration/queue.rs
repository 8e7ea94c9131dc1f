//! Reading the queue of an event, as far as a decision needs it.

use spotter_domain::event::Event;
use spotter_domain::waitlist::{Flow, QueueEntry};

use crate::{Error, Work};

/// How much of a queue is read at a time.
const PAGE: u16 = 256;

/// Shows the entries of the queue of `event` to `see`, in their order, until it has seen enough or all. The
/// event is locked by this unit of work.
pub(super) async fn show_queue(
    work: &mut Work<'_>,
    event: &Event,
    mut see: impl FnMut(QueueEntry) -> Flow + Send,
) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = work.unit.waitlist().head(event.club, event.id, after, PAGE).await?;
        if page.iter().any(|entry| see(*entry) == Flow::Done) {
            return Ok(());
        }
        match page.last() {
            Some(last) if page.len() == usize::from(PAGE) => after = Some(last.number),
            _ => return Ok(()),
        }
    }
}

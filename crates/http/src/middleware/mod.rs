//! What happens around every handler, from the outside in: the exchange (identity, trace, log, headers,
//! problems), the guard of each resource (who asks, how often, panics), the gate of each route (who may).

mod exchange;
mod gate;
mod limits;
mod trace;

pub(crate) use exchange::exchange;
pub(crate) use gate::{Guard, SignedIn, admit, guarded};
pub(crate) use trace::Conversation;

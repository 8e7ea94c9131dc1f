//! The table of routes: what is not here exists neither for the router nor for the document.

use crate::route::{Access, Entry, to};
use crate::{account, club, event, operations, registration, waitlist};

macro_rules! table {
    ($($access:ident $context:ident::$operation:ident),+ $(,)?) => {
        vec![$(Entry::new(
            $context::$operation::Operation,
            Access::$access,
            || to($context::$operation::handle),
        )),+]
    };
}

/// Every route.
pub(crate) fn table() -> Vec<Entry> {
    table![
        Public account::sign_up,
        Public account::log_in,
        Public account::refresh,
        Public account::log_out,
        SignedIn account::view_profile,
        SignedIn account::edit_profile,
        SignedIn account::list_api_keys,
        SignedIn account::create_api_key,
        SignedIn account::delete_api_key,
        SignedIn registration::list_mine,
        Public club::list,
        SignedIn club::create,
        Public club::view,
        Manager club::edit,
        SignedIn club::join,
        Manager club::list_members,
        Manager club::set_role,
        Public event::list,
        Manager event::create,
        Public event::view,
        Manager event::edit,
        Manager event::publish,
        Manager event::unpublish,
        Manager event::cancel,
        Coach registration::list,
        SignedIn registration::register,
        Coach waitlist::list,
        SignedIn registration::view,
        SignedIn registration::cancel,
        Coach registration::record_attendance,
        Operator operations::metrics,
        Public operations::live,
        Public operations::ready,
        Public operations::startup,
        Operator operations::detailed,
        Public operations::document,
    ]
}

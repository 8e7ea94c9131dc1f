//! The schema, one file a change, each with its way back.

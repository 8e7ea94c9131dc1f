//! Lists in bodies, of which no more is kept than may be there.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use spotter_domain::Invalid;

/// The first `MOST` items of a list, and whether there were more: those are skipped, whatever they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AtMost<T, const MOST: usize> {
    items: Vec<T>,
    has_more: bool,
}

impl<T, const MOST: usize> AtMost<T, MOST> {
    /// The items that were kept.
    pub(crate) fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// All of the items, unless there are too many; `what` they are, in the plural.
    pub(crate) fn all(self, what: &str) -> Result<Vec<T>, Invalid> {
        if self.has_more {
            return Err(Invalid::new(format!("must have at most {MOST} {what}")));
        }
        Ok(self.items)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for AtMost<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T, const MOST: usize>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for ListVisitor<T, MOST> {
            type Value = AtMost<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while items.len() < MOST {
                    match list.next_element()? {
                        Some(item) => items.push(item),
                        None => return Ok(AtMost { items, has_more: false }),
                    }
                }
                let mut has_more = false;
                while list.next_element::<IgnoredAny>()?.is_some() {
                    has_more = true;
                }
                Ok(AtMost { items, has_more })
            }
        }

        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Vec<u8>, String> {
        let list: AtMost<u8, 2> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        list.all("numbers").map_err(|invalid| invalid.0.into_owned())
    }

    #[test]
    fn no_more_is_kept_than_may_be_there() {
        assert_eq!(read("[]"), Ok(vec![]));
        assert_eq!(read("[1,2]"), Ok(vec![1, 2]));
        assert_eq!(read("[1,2,\"x\",{}]"), Err("must have at most 2 numbers".into()));
        assert!(read("[1,\"x\"]").is_err());
        assert!(read("{}").unwrap_err().contains("an array"));
        assert!(read("[1,2,").is_err());
    }
}

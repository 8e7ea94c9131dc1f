//! A change to one field of an aggregate.

/// What a partial update says about one field: nothing, or its new value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field was not mentioned and stays as it is.
    #[default]
    Keep,
    /// The field becomes this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Writes the new value, if there is one, into `field`.
    pub fn apply(self, field: &mut T) {
        if let Self::Set(value) = self {
            *field = value;
        }
    }

    /// The new value, or else `current`.
    pub fn or(self, current: T) -> T {
        match self {
            Self::Keep => current,
            Self::Set(value) => value,
        }
    }

    /// Applies `f` to the new value, if there is one.
    ///
    /// # Errors
    ///
    /// The error of `f`.
    pub fn try_map<U, E>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        match self {
            Self::Keep => Ok(Patch::Keep),
            Self::Set(value) => f(value).map(Patch::Set),
        }
    }
}

impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }
}

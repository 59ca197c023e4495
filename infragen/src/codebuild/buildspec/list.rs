//! A list that is never empty, and never longer than CodeBuild takes.

use serde::Serialize;
use thiserror::Error;

/// One to `MAX` items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T, const MAX: usize = { usize::MAX }>(Vec<T>);

/// A list that is empty, or longer than CodeBuild takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ListError {
    /// There is nothing in it.
    #[error("the list is empty")]
    Empty,
    /// There is too much in it.
    #[error("the list has {items} items, and CodeBuild takes at most {most}")]
    TooLong {
        /// How many there are.
        items: usize,
        /// How many there may be.
        most: usize,
    },
}

impl<T, const MAX: usize> List<T, MAX> {
    /// A list of items that are written out; a wrong number of them does not compile.
    #[must_use]
    pub fn of<const LENGTH: usize, I: Into<T>>(items: [I; LENGTH]) -> Self {
        const { assert!(LENGTH > 0 && LENGTH <= MAX, "CodeBuild takes this list neither empty nor this long") };
        Self(items.into_iter().map(Into::into).collect())
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.0
    }
}

impl<T, const MAX: usize> TryFrom<Vec<T>> for List<T, MAX> {
    type Error = ListError;

    fn try_from(items: Vec<T>) -> Result<Self, ListError> {
        match items.len() {
            0 => Err(ListError::Empty),
            length if length > MAX => Err(ListError::TooLong { items: length, most: MAX }),
            _ => Ok(Self(items)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{List, ListError};

    #[test]
    fn a_list_has_one_item_at_least_and_not_too_many() {
        assert_eq!(List::<u8, 2>::try_from(vec![]), Err(ListError::Empty));
        assert_eq!(List::<u8, 2>::try_from(vec![1, 2, 3]), Err(ListError::TooLong { items: 3, most: 2 }));
        assert_eq!(List::<u8, 2>::try_from(vec![1, 2]), Ok(List::of([1, 2])));
    }
}

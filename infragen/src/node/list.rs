//! What a node holds of several values: cheap to copy, shared by the copies until one of them is changed.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Several values, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T>(Arc<[T]>);

impl<T> List<T> {
    /// Whether both are one and the same in memory.
    #[must_use]
    pub fn is_shared_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone> List<T> {
    /// Changes which values there are.
    pub fn edit<R>(&mut self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut values = self.0.to_vec();
        let result = change(&mut values);
        self.0 = values.into();
        result
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Clone> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        Arc::make_mut(&mut self.0)
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values.into())
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'l, T: Clone> IntoIterator for &'l mut List<T> {
    type Item = &'l mut T;
    type IntoIter = std::slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn a_copy_is_shared_until_it_is_changed() {
        let list = List::from(vec![1, 2]);
        let mut copy = list.clone();
        assert!(copy.is_shared_with(&list));
        copy[0] = 3;
        copy.edit(|values| values.push(4));
        assert_eq!((&*list, &*copy), (&[1, 2][..], &[3, 2, 4][..]));
        assert!(!copy.is_shared_with(&list));
    }
}

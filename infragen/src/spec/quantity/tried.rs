//! What the tests of each quantity say: these texts are right, and those are wrong in this way.

use super::{Mistake, Quantity};

/// Every text is read, and displays as it was written.
#[track_caller]
pub(super) fn accepts<T: Quantity + ToString>(texts: &[&str]) {
    for text in texts {
        match T::from_text(text) {
            Ok(quantity) => assert_eq!(quantity.to_string(), *text, "{} changes its text", T::KIND),
            Err(nonsense) => panic!("{nonsense}; {}", nonsense.help()),
        }
    }
}

/// Every text is read, and displays as its neighbour.
#[track_caller]
pub(super) fn rewrites<T: Quantity + ToString>(texts: &[(&str, &str)]) {
    for (text, canonical) in texts {
        match T::from_text(text) {
            Ok(quantity) => assert_eq!(quantity.to_string(), *canonical, "from `{text}`"),
            Err(nonsense) => panic!("{nonsense}; {}", nonsense.help()),
        }
    }
}

/// Every text is refused, for just this mistake.
#[track_caller]
pub(super) fn refuses<T: Quantity + ToString>(texts: &[(&str, Mistake)]) {
    for (text, mistake) in texts {
        match T::from_text(text) {
            Ok(quantity) => panic!("`{text}` is taken for a {}: {}", T::KIND, quantity.to_string()),
            Err(nonsense) => assert_eq!(nonsense.mistake(), *mistake, "of `{text}`"),
        }
    }
}

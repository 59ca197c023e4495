//! Applies the safe mends of findings to a text: no two that overlap, and none where the text is another by now.

use std::collections::BTreeSet;

use crate::diagnostic::Fix;
use crate::read;

/// A text with its mends, and how many there were.
///
/// A text that was read is read with them too: two that each are right may say one thing twice, such as a field that is
/// missing and the misspelt one beside it, and then the first of them alone is made.
#[must_use]
pub fn mend<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let fixes: BTreeSet<&Fix> = fixes.into_iter().collect();
    let (mended, count) = apply(text, &fixes);
    if count == 0 || read::documents(&mended).is_ok() {
        return (mended, count);
    }
    let mut kept = BTreeSet::new();
    for fix in fixes {
        kept.insert(fix);
        if read::documents(&apply(text, &kept).0).is_err() {
            kept.remove(fix);
        }
    }
    apply(text, &kept)
}

fn apply(text: &str, fixes: &BTreeSet<&Fix>) -> (String, usize) {
    let (mut mended, mut end, mut count) = (String::with_capacity(text.len()), 0, 0);
    for fix in fixes {
        let is_there = text.get(fix.start..).is_some_and(|rest| rest.starts_with(&fix.was));
        // Two that insert at one place would depend on which is first.
        if !is_there || fix.start < end || (count > 0 && fix.start == end && fix.was.is_empty()) {
            continue;
        }
        mended.push_str(&text[end..fix.start]);
        mended.push_str(&fix.becomes);
        end = fix.start + fix.was.len();
        count += 1;
    }
    mended.push_str(&text[end..]);
    (mended, count)
}

#[cfg(test)]
mod tests;

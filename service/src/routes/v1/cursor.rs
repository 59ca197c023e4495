//! Where the next page begins, as a word that clients pass on and do not read.
//!
//! It holds a version, what was asked, and the last row of the page before. A sum over all guards against
//! a typing error and against another question's cursor. It is no seal: whoever makes one of his own
//! begins a page elsewhere in what he may read anyway.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::reports::Order;

const VERSION: u8 = 1;
/// Version, two numbers, sum.
const LENGTH: usize = 1 + 8 + 8 + 8;

/// Why a cursor is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CursorError {
    /// It was never one.
    #[error("this is no cursor: take `next` of the page before as it is, or begin without")]
    Malformed,
    /// It is of another question, or of another release.
    #[error(
        "this cursor is of another question: `from`, `to`, `tz` and `sort` must be those of the page before; or begin without"
    )]
    Foreign,
}

/// The cursor of a page of `question` that begins after `visits` and `user_id`.
pub(super) fn write(question: &str, visits: i64, user_id: i64) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(visits.to_be_bytes());
    bytes.extend(user_id.to_be_bytes());
    bytes.extend(sum(question, &bytes));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Puts `order` behind the row that the cursor of `question` holds.
pub(super) fn read(text: &str, question: &str, order: Order) -> Result<Order, CursorError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| CursorError::Malformed)?;
    if bytes.len() != LENGTH || bytes[0] != VERSION {
        return Err(CursorError::Malformed);
    }
    let (body, rest) = bytes.split_at(LENGTH - 8);
    if sum(question, body) != rest {
        return Err(CursorError::Foreign);
    }
    let number = |at: usize| body[at..at + 8].iter().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
    let (visits, user_id) = (number(1), number(9));
    Ok(match order {
        Order::Id { .. } => Order::Id { after: Some(user_id) },
        Order::Frequent { .. } => Order::Frequent { after: Some((visits, user_id)) },
    })
}

fn sum(question: &str, body: &[u8]) -> [u8; 8] {
    let digest = Sha256::new().chain_update(body).chain_update(question).finalize();
    std::array::from_fn(|index| digest[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Order = Order::Frequent { after: None };

    #[test]
    fn are_read_as_they_were_written() {
        for (visits, id) in [(0, 1), (7, -1), (i64::MAX, i64::MIN)] {
            let cursor = write("q", visits, id);
            assert_eq!(read(&cursor, "q", FIRST), Ok(Order::Frequent { after: Some((visits, id)) }));
            assert_eq!(read(&cursor, "q", Order::Id { after: None }), Ok(Order::Id { after: Some(id) }));
        }
    }

    #[test]
    fn are_good_for_their_question_alone() {
        let cursor = write("q", 1, 2);
        assert_eq!(read(&cursor, "p", FIRST), Err(CursorError::Foreign));
        for index in 0..cursor.len() {
            let mut other = cursor.clone().into_bytes();
            other[index] = if other[index] == b'A' { b'B' } else { b'A' };
            let other = String::from_utf8(other).unwrap();
            assert!(read(&other, "q", FIRST).is_err(), "{other}");
        }
        for text in ["", "AQ", "not a cursor", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(read(text, "q", FIRST), Err(CursorError::Malformed), "{text}");
        }
    }
}

//! One zero too many.

fn main() {
    let _ = infragen::percent!(700);
}

//! A wrong literal in a function that nothing calls: checked all the same.

pub fn unused<T>() {
    if false {
        let _ = infragen::memory!("1.5Gi");
    }
}

fn main() {}

//! Renders every environment to standard output, for a look.

fn main() {}

//! `infragen` for the environments of coworking analytics.

fn main() {}

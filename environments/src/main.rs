//! `infragen` for the environments of coworking analytics.

fn main() -> std::process::ExitCode {
    infragen::main(environments::ALL)
}

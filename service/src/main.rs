//! Starts the service, or does one of its chores: see [`service::commands`].

use std::process::ExitCode;

// Whoever builds for musl wants it; the feature is for the comparison alone.
#[cfg(all(target_env = "musl", not(feature = "musl-allocator")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    service::commands::main()
}

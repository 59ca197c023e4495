//! Starts the service, or does one of its chores: see [`service::commands`].

use std::process::ExitCode;

// `cfg` and not a feature: whoever builds for musl wants it.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    service::commands::main()
}

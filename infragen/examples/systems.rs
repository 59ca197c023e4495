//! Writes the environments of `tests/systems` to a folder, so that a real API server can be asked what it thinks of them.

#[path = "../tests/systems/everything.rs"]
mod everything;
#[path = "../tests/systems/shadower.rs"]
mod shadower;
#[path = "../tests/systems/whooper.rs"]
mod whooper;

use std::path::PathBuf;
use std::process::ExitCode;

use infragen::emit::{self, Format};
use infragen::lint::{self, Options};
use infragen::settings::Settings;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else { return ExitCode::from(2) };
    let systems = [
        ("everything", everything::everything()),
        ("shadower", shadower::prod()),
        ("whooper", whooper::prod()),
    ];
    for (name, environment) in systems {
        let bundle = infragen::render::render(&environment, &Settings::default());
        let Ok(checked) = lint::check(bundle, &Options::default()) else { return ExitCode::from(1) };
        if emit::write(&emit::plan(&checked, Format::Yaml), &folder.join(name)).is_err() {
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

//! `cargo xtask image`: the service's image, built by musl.Dockerfile and tried under the constraints of production.

pub(super) mod archive;
mod authorities;
mod build;
mod builder;
mod choices;
mod compose;
mod container;
mod contents;
mod emulated;
pub(super) mod engine;
mod flask;
mod http;
mod layout;
mod phases;
mod platform;
pub(super) mod release;
mod service;
pub(super) mod store;

use clap::Args;

use crate::console::{note, say, skipped};
use crate::figures::Figures;

use build::Built;
pub(super) use build::build;
use platform::Platform;

/// Builds the service's image by musl.Dockerfile, and tries it: contents, limits, TLS, reports, drain, size, memory
///
/// Takes the Docker engine that runs; as root on Debian it starts one where none runs, and stops it at the end. Where
/// no image can be pulled, it makes the builder from packages. What is built is kept in the cache, so that a second
/// run takes a minute.
#[derive(Args)]
pub(crate) struct Image {
    /// Builds a second time from nothing, and compares what came out
    #[arg(long)]
    twice: bool,
    /// Builds and looks at what is in it, and runs nothing
    #[arg(long)]
    build_only: bool,
    /// Takes the image that the engine has under the name that deployments use, and builds none
    #[arg(long, conflicts_with = "twice")]
    built: bool,
    /// Builds for this platform; the program of another than this machine's is run by an emulator
    #[arg(long, value_enum, default_value_t, conflicts_with = "built")]
    platform: Platform,
    /// Compares other choices of the build with the image, and checks nothing: all, or those with these words in
    /// their names
    #[arg(long, value_name = "WORD", num_args = 0.., conflicts_with_all = ["twice", "build_only", "platform"])]
    choices: Option<Vec<String>>,
}

impl Image {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let engine = match engine::Engine::start()? {
            Ok(engine) => engine,
            Err(why) => {
                skipped("the image", why);
                return Ok(());
            }
        };
        let built =
            if self.built { build::taken(&engine)? } else { build::for_platform(&engine, self.platform)? };
        if let Some(words) = &self.choices {
            return choices::compare(&engine, &built, words);
        }
        say(format_args!("image   {} sha256:{}", built.name, built.id));
        say(format_args!("layers  {}", built.layers.join(" ")));
        say(format_args!("binary  sha256:{}", built.binary));
        say(format_args!("archive {}", built.archive.display()));
        say(format_args!("SBOM    {}", built.bill.display()));
        let mut figures = Figures::default();
        contents::look(&built, &mut figures);
        if self.twice {
            let again = build::anew(&engine, self.platform)?;
            for (what, one, other) in [
                ("binary", built.binary.clone(), again.binary),
                ("layers", built.layers.join(" "), again.layers.join(" ")),
                ("image", built.id.clone(), again.id),
            ] {
                say(format_args!("{what} of the second build: {other}"));
                figures.check(format!("two builds, one {what}"), "the same hash", one == other);
            }
        }
        if self.platform != Platform::default() {
            emulated::check(&built, &mut figures)?;
        } else if !self.build_only {
            note("trying it beside a PostgreSQL with TLS");
            let store = store::Store::start(&engine)?;
            service::check(&engine, &store, &built, &mut figures)?;
            flask::compare(&engine, &store, &mut figures)?;
            drop(store);
            if !self.built {
                phases::pull_request(&mut figures)?;
                phases::check(&engine, &built, &mut figures)?;
                compose::check(&engine, &mut figures)?;
            }
        }
        figures.tell("image")
    }
}

//! The same work done by a Flask service in an image made as usual, for comparison.

use super::builder::{Context, debian};
use super::container::Container;
use super::engine::Engine;
use super::service::{both, median, ready, variables};
use super::store::{NAME, Store};
use super::{authorities, http};
use crate::console::time;
use crate::figures::{Figures, megabytes};
use crate::project;

/// Where Python comes from, on a machine that can pull.
const PYTHON: &str = "python:3.11-slim";
const SERVICE: &str = "flask.coworking.test";

/// Makes its image, runs it against the same database, and notes size, start, speed and memory.
pub(super) fn compare(engine: &Engine, store: &Store<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let files = project::root().join("xtask/peers/flask");
    let context = Context::of(&files, &[("authorities.pem", &authorities::machine()?)])?;
    let image = format!("infragen/flask:{}", context.hash);
    let base = if engine.pulls() { PYTHON.to_owned() } else { debian(engine)? };
    let mut make = engine.docker(&["build", "--network=host", "--tag", &image, "--build-arg"]);
    engine.make(&image, make.arg(format!("BASE={base}")).arg(context.path()))?;

    let size: f64 = engine.text(&["image", "inspect", "--format", "{{.Size}}", &image])?.parse()?;
    figures.measured("Flask: size of the image", megabytes(size));
    let mut arguments: Vec<String> = variables(NAME);
    arguments.push("--cpus=0.5".to_owned());
    arguments.push("--publish=127.0.0.1::5153".to_owned());
    arguments.push(format!("--network={}", store.network.name));
    arguments.push(format!("--network-alias={SERVICE}"));
    arguments.push(format!("--volume={}:/authorities.pem:ro", store.authority().display()));
    arguments.push(image);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut starts = Vec::new();
    for _ in 0..3 {
        let service = Container::run(engine, &arguments)?;
        starts.push(ready(&service)?);
    }
    figures.measured("Flask: start to ready with half a CPU, median of 3", time(median(starts)));
    let service = Container::run(engine, &arguments)?;
    ready(&service)?;
    let address = service.address(5153)?;
    let days = http::json(address, "/api/reports/daily_usage")?;
    let used: u64 = days
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::values)
        .filter_map(serde_json::Value::as_u64)
        .sum();
    let expected = store.number("SELECT count(*) FROM tokens WHERE used_at IS NOT NULL")?;
    figures.check("Flask: the same report", format!("{used} visits"), used == expected);
    figures.measured("Flask: memory, idle: resident, container's account", both(&service)?);
    for path in ["/api/reports/daily_usage", "/api/reports/user_visits"] {
        let load = store.load(SERVICE, path, 5)?;
        figures.measured(
            format!("Flask: {path} under the same load"),
            format!("{:.0} a second, {} failed", load.per_second, load.failed),
        );
    }
    figures.measured("Flask: memory, after the load", both(&service)?);
    Ok(())
}

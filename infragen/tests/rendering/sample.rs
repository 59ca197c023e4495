//! A valid environment, to be changed in one place.

use infragen::bundle::{Bundle, Content};
use infragen::node::{FieldPath, Node};
use infragen::prelude::*;
use infragen::settings::Settings;

pub(crate) const fn repository() -> ImageRepository {
    Registry::ecr(account!("111122223333"), region!("us-east-1")).repository(repository!("shop"))
}

pub(crate) fn app() -> App {
    App::new(name!("shop"))
        .image(Image::released(&repository(), version!("1.2.3")))
        .port(port_name!("http"), port!(8080))
        .variable(variable!("GREETING"), "hello")
        .requests(cpu!("100m"), memory!("128Mi"))
        .replicas(3)
}

pub(crate) fn environment() -> Environment {
    let cluster = Cluster::eks(name!("shops"), region!("us-east-1")).kubernetes(kubernetes!("1.34"));
    Environment::new(name!("test"), cluster).account(account!("111122223333"))
}

/// The bundle of an environment that holds one app.
pub(crate) fn bundle_of(app: App) -> Bundle {
    let mut environment = environment();
    environment.app(app);
    bundle(&environment)
}

pub(crate) fn bundle(environment: &Environment) -> Bundle {
    infragen::render::render(environment, &Settings::default())
}

/// The object of a kind and name.
pub(crate) fn object<'b>(bundle: &'b Bundle, kind: &str, name: &str) -> &'b Node {
    let wanted = |node: &&Node| {
        node.text_at(&["kind"]) == Some(kind) && node.text_at(&["metadata", "name"]) == Some(name)
    };
    bundle.objects().map(|(_, node)| node).find(wanted).unwrap_or_else(|| panic!("no {kind}/{name}"))
}

/// The text at a path of an object, as YAML has it; nothing where there is nothing.
pub(crate) fn at(node: &Node, path: &str) -> String {
    let found = node.at_path(&FieldPath::parse(path));
    found.map(|node| infragen::emit::yaml(node).trim().to_owned()).unwrap_or_default()
}

/// What the bundle says went wrong.
pub(crate) fn messages(bundle: &Bundle) -> Vec<&str> {
    bundle.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect()
}

/// The files of a bundle that hold objects.
pub(crate) fn files(bundle: &Bundle) -> Vec<String> {
    let objects = bundle.documents.iter().filter(|document| matches!(document.content, Content::Object(_)));
    objects.map(|document| document.file.display().to_string()).collect()
}

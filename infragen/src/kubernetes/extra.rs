//! Manifests of the team's own: Tera templates whose output is parsed and checked like all else.

use super::context::Context;
use super::objects::{Marks, Objects, order};
use crate::spec::ExtraManifest;

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for manifest in &context.environment.extras {
        let text = match fill(context, manifest) {
            Ok(text) => text,
            Err(message) => {
                let help = "mend the template, or give the value that it names by `.value(…)`".to_owned();
                objects.refuse("extra-manifest-template", message, help, &manifest.origin);
                continue;
            }
        };
        match crate::read::objects(&text) {
            Ok(nodes) => {
                for node in nodes {
                    objects.push_node(order::EXTRA, node, &manifest.origin, Marks::default());
                }
            }
            Err(error) => {
                let message = format!("extra manifest `{}` is no YAML: {error}", manifest.name);
                let help = "look at what the template gives, and mend it".to_owned();
                objects.refuse("extra-manifest-syntax", message, help, &manifest.origin);
            }
        }
    }
}

fn fill(context: &Context<'_>, manifest: &ExtraManifest) -> Result<String, String> {
    let mut tera = tera::Tera::default();
    tera.autoescape_on(Vec::<&'static str>::new());
    let mut values = tera::Context::new();
    let environment = context.environment;
    values.insert("environment", environment.name.as_str());
    values.insert("namespace", environment.namespace.value.as_str());
    values.insert("account", &context.account().map(|account| account.value).unwrap_or_default());
    values.insert("region", &environment.cluster.region().map(ToString::to_string).unwrap_or_default());
    values.insert("cluster", &environment.cluster.name());
    values.insert("labels", &context.labels());
    for (name, value) in &manifest.values {
        values.insert(name.clone(), value);
    }
    tera.add_raw_template(&manifest.name, &manifest.template)
        .and_then(|()| tera.render(&manifest.name, &values))
        .map_err(|error| crate::template::explain(&error))
}

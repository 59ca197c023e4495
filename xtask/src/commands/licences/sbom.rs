//! The same as a bill of materials: CycloneDX 1.6, as scanners of vulnerabilities read it.

use serde_json::{Value, json};

use super::linked::Linked;

/// The bill of an image of the service: its hash, and what is linked into it.
pub(in crate::commands) fn sbom(linked: &[Linked], version: &str, binary: &str) -> Value {
    let component = |one: &Linked| {
        // An expression stands alone; the name of one licence is an expression too.
        json!({
            "type": "library", "bom-ref": one.purl, "name": one.name, "version": one.version, "purl": one.purl,
            "licenses": [{"expression": one.licence.replace('/', " OR ")}],
        })
    };
    let service = format!("pkg:generic/coworking-analytics@{version}");
    let components: Vec<Value> = linked.iter().filter(|one| !one.own).map(component).collect();
    let needed: Vec<&Value> = components.iter().map(|component| &component["bom-ref"]).collect();
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": service, "name": "coworking-analytics", "version": version, "purl": service,
            "licenses": [{"expression": "Apache-2.0"}],
            "hashes": [{"alg": "SHA-256", "content": binary}],
        }},
        "dependencies": [{"ref": service, "dependsOn": needed}],
        "components": components,
    })
}

use serde_json::Value;

use crate::program::Project;

#[test]
fn the_schema_has_every_key_of_the_settings() {
    let schema: Value = serde_json::from_str(&Project::new().run(&["schema"]).succeeds()).unwrap();
    let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["account", "images", "validate", "version"]);
    assert_eq!(schema["additionalProperties"], false);
}

//! ExternalSecret: a Secret that the External Secrets operator fetches from AWS Secrets Manager.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use super::context::Context;
use super::objects::{Marks, Objects, order};

/// `external-secrets.io/v1`, as much of it as is written; its definition is the operator's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExternalSecret {
    api_version: &'static str,
    kind: &'static str,
    metadata: ObjectMeta,
    spec: Spec,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    refresh_interval: &'static str,
    secret_store_ref: StoreRef,
    target: Target,
    data: Vec<Data>,
}

#[derive(Serialize)]
struct StoreRef {
    kind: &'static str,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    name: String,
    creation_policy: &'static str,
    deletion_policy: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    secret_key: String,
    remote_ref: RemoteRef,
}

#[derive(Serialize)]
struct RemoteRef {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<String>,
}

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for secret in &context.environment.secrets {
        let object = ExternalSecret {
            api_version: "external-secrets.io/v1",
            kind: "ExternalSecret",
            metadata: context.metadata(secret.name.as_str(), context.labels()),
            spec: Spec {
                refresh_interval: secret.refresh,
                secret_store_ref: StoreRef { kind: "ClusterSecretStore", name: secret.store.to_string() },
                target: Target {
                    name: secret.name.to_string(),
                    creation_policy: "Owner",
                    deletion_policy: "Retain",
                },
                data: secret
                    .keys
                    .iter()
                    .map(|fetched| Data {
                        secret_key: fetched.key.to_string(),
                        remote_ref: RemoteRef {
                            key: fetched.remote.clone(),
                            property: fetched.property.clone(),
                        },
                    })
                    .collect(),
            },
        };
        objects.push(order::SECRET, &object, &secret.origin, Marks::default());
    }
}
